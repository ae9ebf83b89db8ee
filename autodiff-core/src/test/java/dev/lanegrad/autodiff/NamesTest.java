package dev.lanegrad.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.FormulaMethods;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One thing has one name, and takes its arguments in one way, whatever it is a method of. */
class NamesTest {
  private static final List<Class<?>> TYPES = List.of(Tensor.class);

  /** Why arguments stand in another order than elsewhere. */
  private static final Map<String, String> OTHER_ORDER =
      Map.of("topK(int k, int axis)", "PyTorch's; who moved two ints would not be told");

  private static List<Method> open(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> !method.isSynthetic() && method.getDeclaringClass() != Object.class)
        .toList();
  }

  /** A method with the names of its arguments, T for a tensor or a formula. */
  private static String signature(Method method) {
    return Arrays.stream(method.getParameters())
        .map(NamesTest::parameter)
        .collect(Collectors.joining(", ", method.getName() + "(", ")"));
  }

  private static String parameter(Parameter parameter) {
    Class<?> type = parameter.getType();
    String name = type == Tensor.class || type == Formula.class ? "T" : type.getSimpleName();
    return name + " " + parameter.getName();
  }

  private static Set<String> signatures(Stream<Method> methods) {
    return methods.map(NamesTest::signature).collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void formulasAndTensorsHaveTheSameElementwiseMethods() {
    assertEquals(
        signatures(Arrays.stream(ElementwiseMethods.class.getMethods())),
        signatures(Arrays.stream(FormulaMethods.class.getMethods())));
  }

  /** What formulas are made and looked into by has no name that means something else in Tensor. */
  @Test
  void noNameMeansTwoThings() {
    Set<String> others =
        Arrays.stream(Formula.class.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
            .map(Method::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    others.retainAll(open(Tensor.class).stream().map(Method::getName).toList());
    assertEquals(Set.of("toString"), others);
  }

  @Test
  void whatTakesAShapeTakesItBothWays() {
    List<String> faults = new ArrayList<>();
    int count = 0;
    for (Class<?> type : TYPES) {
      Set<String> all = signatures(open(type).stream());
      for (String signature : all) {
        String twin =
            signature.endsWith("int[] shape)")
                ? signature.replace("int[] shape)", "Shape shape)")
                : signature.replace("Shape shape)", "int[] shape)");
        count += twin.equals(signature) ? 0 : 1;
        if (!all.contains(twin)) {
          faults.add(type.getSimpleName() + "." + signature + " without " + twin);
        }
      }
    }
    assertEquals(List.of(), faults);
    assertTrue(count > 10, count + " methods");
  }

  @Test
  void whatTakesElementsMakesAVectorOfThemOrTakesTheirShape() {
    Set<String> all = signatures(open(Tensor.class).stream());
    List<String> ofShapes =
        all.stream().filter(signature -> signature.contains("Shape shape, ")).toList();
    List<String> faults =
        ofShapes.stream()
            .filter(signature -> !signature.startsWith("read("))
            .filter(signature -> !all.contains(signature.replace("Shape shape, ", "")))
            .toList();
    assertEquals(List.of(), faults);
    assertTrue(ofShapes.size() >= 5, ofShapes.toString());
  }

  /** A generator, a dtype, an axis, what is special, a shape or axes, elements. */
  @Test
  void argumentsStandInOneOrder() {
    Stream<Method> others =
        TYPES.stream().flatMap(type -> open(type).stream()).filter(method -> !isInOrder(method));
    assertEquals(new TreeSet<>(OTHER_ORDER.keySet()), signatures(others));
  }

  private static boolean isInOrder(Method method) {
    List<Integer> places = Arrays.stream(method.getParameters()).map(NamesTest::place).toList();
    return places.equals(places.stream().sorted().toList());
  }

  private static int place(Parameter parameter) {
    if (RandomGenerator.class.isAssignableFrom(parameter.getType())) {
      return 0;
    }
    if (parameter.getType() == DType.class) {
      return 1;
    }
    if (parameter.getName().equals("axis")) {
      return 2;
    }
    return switch (parameter.getName()) {
      case "shape", "axes" -> 4;
      case "values", "next" -> 5;
      default -> 3;
    };
  }
}
