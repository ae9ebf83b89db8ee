package dev.lanegrad.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.FormulaMethods;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One thing has one name, and takes its arguments in one way, whatever it is a method of. */
class NamesTest {
  /** Tensor's methods that PyTorch has by a name that is more than ours with underscores. */
  private static final Map<String, String> OF_PYTORCH =
      Map.ofEntries(
          Map.entry("less", "lt"),
          Map.entry("lessEqual", "le"),
          Map.entry("greater", "gt"),
          Map.entry("greaterEqual", "ge"),
          Map.entry("equal", "eq"),
          Map.entry("notEqual", "ne"),
          Map.entry("isNaN", "isnan"),
          Map.entry("where", "torch.where(this, a, b)"),
          Map.entry("hardTanh", "hardtanh"),
          Map.entry("hardSigmoid", "hardsigmoid"),
          Map.entry("hardSwish", "hardswish"),
          Map.entry("logSigmoid", "logsigmoid"),
          Map.entry("geluTanh", "gelu(approximate='tanh')"),
          Map.entry("sumKeeping", "sum(keepdim=True)"),
          Map.entry("meanKeeping", "mean(keepdim=True)"),
          Map.entry("maxKeeping", "amax(keepdim=True)"),
          Map.entry("minKeeping", "amin(keepdim=True)"),
          Map.entry("max", "amax"),
          Map.entry("min", "amin"),
          Map.entry("logSumExp", "logsumexp"),
          Map.entry("logSumExpKeeping", "logsumexp(keepdim=True)"),
          Map.entry("pNorm", "torch.linalg.vector_norm"),
          Map.entry("topK", "topk"),
          Map.entry("sumTo", "sum_to_size"),
          Map.entry("transpose", "mT"),
          Map.entry("slice", "x[start:end]"),
          Map.entry("cast", "to"),
          Map.entry("pad", "torch.nn.functional.pad"),
          Map.entry("oneHot", "torch.nn.functional.one_hot"),
          Map.entry("concat", "torch.cat"),
          Map.entry("isTracked", "requires_grad"),
          Map.entry("requiresGrad", "requires_grad_"),
          Map.entry("rank", "dim"),
          Map.entry("size", "numel"),
          Map.entry("linspace", "torch.linspace"),
          Map.entry("of", "torch.tensor"),
          Map.entry("normal", "torch.randn"));

  /** Files with the methods of a tensor. */
  private static final List<String> SOURCES =
      List.of("Tensor", "ElementwiseMethods", "ReductionMethods", "ShapeMethods");

  private static final List<Class<?>> TYPES = List.of(Tensor.class, RandomKey.class);

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

  /** The Javadoc of a method, a space for each line's beginning, or none. */
  private static List<String> javadocs(String source, String method) {
    Pattern signature =
        Pattern.compile(
            "/\\*\\*((?:(?!\\*/).)*)\\*/\\s+(?:default|public)(?: static)? \\S+ " + method + "\\(",
            Pattern.DOTALL);
    return signature
        .matcher(source)
        .results()
        .map(found -> found.group(1).replaceAll("\\s+\\*?\\s*", " "))
        .toList();
  }

  @Test
  void whatPyTorchCallsOtherwiseSaysSo() throws IOException {
    StringBuilder sources = new StringBuilder();
    for (String name : SOURCES) {
      sources.append(
          Files.readString(
              Path.of("src", "main", "java", "dev", "lanegrad", "autodiff", name + ".java")));
    }
    List<String> faults = new ArrayList<>();
    OF_PYTORCH.forEach(
        (ours, theirs) -> {
          if (javadocs(sources.toString(), ours).stream()
              .noneMatch(
                  text ->
                      text.contains("PyTorch: {@code " + theirs + "}")
                          || text.contains(", {@code " + theirs + "}"))) {
            faults.add(ours + ": no comment says PyTorch: {@code " + theirs + "}");
          }
        });
    assertEquals(List.of(), faults);
  }
}
