package dev.lanegrad.layers.loss;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Losses;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A loss takes the same arguments, and has the same name in messages, as a method or as a class.
 */
class LossNamesTest {
  private static final Map<String, Class<?>> CLASSES =
      Map.ofEntries(
          entry("crossEntropy", CrossEntropyLoss.class),
          entry("negativeLogLikelihood", NLLLoss.class),
          entry("binaryCrossEntropy", BCELoss.class),
          entry("binaryCrossEntropyWithLogits", BCEWithLogitsLoss.class),
          entry("meanSquaredError", MSELoss.class),
          entry("meanAbsoluteError", L1Loss.class),
          entry("sumOfSquaredErrors", SSELoss.class),
          entry("huber", HuberLoss.class),
          entry("smoothL1", SmoothL1Loss.class),
          entry("hinge", HingeLoss.class),
          entry("multiMargin", MultiMarginLoss.class),
          entry("klDivergence", KLDivLoss.class),
          entry("cosineEmbedding", CosineEmbeddingLoss.class),
          entry("tripletMargin", TripletMarginLoss.class),
          entry("poissonNegativeLogLikelihood", PoissonNLLLoss.class));

  /** What a loss compares with, always the last tensor; int32 classes alone are labels. */
  private static final Set<String> COMPARED = Set.of("target", "labels", "negative");

  private static List<Method> methods() {
    return Arrays.stream(Losses.class.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .toList();
  }

  private static List<String> tensors(Method method) {
    return Arrays.stream(method.getParameters())
        .filter(parameter -> parameter.getType() == Tensor.class)
        .map(Parameter::getName)
        .toList();
  }

  private static Method of(Class<?> loss) {
    return Arrays.stream(loss.getDeclaredMethods())
        .filter(method -> method.getName().equals("of") && !method.isBridge())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyLossIsAMethodAndAClass() {
    assertEquals(
        new TreeSet<>(CLASSES.keySet()),
        methods().stream().map(Method::getName).collect(Collectors.toCollection(TreeSet::new)));
    Set<String> losses =
        LossClasses.all().stream()
            .map(Class::getSimpleName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(
        losses,
        CLASSES.values().stream()
            .map(Class::getSimpleName)
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void methodAndClassTakeTheSameTensors() {
    for (Method method : methods()) {
      List<String> tensors = tensors(method);
      assertEquals(tensors, tensors(of(CLASSES.get(method.getName()))), method.getName());
      assertTrue(COMPARED.contains(tensors.getLast()), () -> method.getName() + tensors);
      Class<?>[] types = method.getParameterTypes();
      assertTrue(
          Stream.of(types).limit(tensors.size()).allMatch(Tensor.class::equals),
          () -> method.getName() + " takes settings before a tensor");
    }
  }

  /** A setting that a method takes too is called as the class calls it. */
  @Test
  void methodAndClassCallSettingsAlike() {
    for (Method method : methods()) {
      Set<String> settings =
          Arrays.stream(CLASSES.get(method.getName()).getRecordComponents())
              .map(component -> component.getName())
              .collect(Collectors.toSet());
      for (Parameter parameter : method.getParameters()) {
        assertTrue(
            parameter.getType() == Tensor.class || settings.contains(parameter.getName()),
            () -> method.getName() + ": " + parameter + " and " + settings);
      }
    }
  }

  @Test
  void messagesNameTheMethod() throws Exception {
    for (Map.Entry<String, Class<?>> loss : CLASSES.entrySet()) {
      Method of = of(loss.getValue());
      Object made = loss.getValue().getDeclaredConstructor().newInstance();
      Object[] nothing = new Object[of.getParameterCount()];
      Throwable refused =
          assertThrows(InvocationTargetException.class, () -> of.invoke(made, nothing)).getCause();
      String first = tensors(of).getFirst();
      assertEquals(loss.getKey() + ": " + first + " is null", refused.getMessage());
    }
  }
}
