package dev.lanegrad.layers;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.LanegradException;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.Window;
import dev.lanegrad.layers.loss.LossClasses;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every method that gives the same layer or loss with another number, and every constructor of a
 * convolution or a pooling, by virtue of existing: bad numbers are refused there and not by the
 * first input.
 */
class BadChangesTest {
  private static final int[] SMALL = {0, -1, Integer.MIN_VALUE};

  /** Numbers of methods that take more than lengths. */
  private static final Map<String, List<?>> BAD_BY_METHOD =
      Map.of(
          "padding", lists(-1, Integer.MIN_VALUE),
          "outputPadding", lists(-1, Integer.MIN_VALUE),
          "Embedding.padding", List.of(-1, 2, Integer.MIN_VALUE, Integer.MAX_VALUE),
          "power", List.of(0, -1, 3, Integer.MAX_VALUE),
          "margin", List.of(Double.NaN, -2.0, Double.POSITIVE_INFINITY),
          "norm", List.of(Double.NaN, 0.0, -1.0),
          "withDropout", List.of(Double.NaN, -0.1, 1.1),
          "momentum", List.of(Double.NaN, -0.1, 1.1),
          "labelSmoothing", List.of(Double.NaN, -0.1, 1.1));

  /** Any label may be the one that is ignored. */
  private static final Set<String> ALWAYS_GOOD = Set.of("ignoreLabel");

  private static List<Object> lists(int... numbers) {
    List<Object> lists = new ArrayList<>(List.of(new int[0], new int[] {1, 1, 1}));
    for (int number : numbers) {
      lists.add(new int[] {number});
      lists.add(new int[] {1, number});
    }
    return lists;
  }

  private static List<?> bad(Method method) {
    String name = method.getName();
    String full = method.getDeclaringClass().getSimpleName() + "." + name;
    List<?> special = BAD_BY_METHOD.getOrDefault(full, BAD_BY_METHOD.get(name));
    if (special != null) {
      return special;
    }
    Class<?> type = method.getParameterTypes()[0];
    if (type == int[].class) {
      return lists(SMALL);
    }
    return type == double.class
        ? List.of(Double.NaN, Double.NEGATIVE_INFINITY, -1.0)
        : Arrays.stream(SMALL).boxed().toList();
  }

  private static List<Object> makers() throws ReflectiveOperationException {
    List<Object> makers = new ArrayList<>();
    Set<Class<?>> known = new java.util.HashSet<>();
    for (TypedLayer row : TypedLayer.ALL) {
      Layer layer = row.made();
      if (known.add(layer.getClass())) {
        makers.add(
            layer instanceof Embedding ? new Embedding(2, 3, new SplittableRandom(1)) : layer);
      }
    }
    for (Class<?> loss : LossClasses.all()) {
      makers.add(loss.getConstructor().newInstance());
    }
    makers.add(RecurrentOptions.DEFAULTS);
    return makers;
  }

  /** One of its own, or one that it has from an interface of its kind. */
  private static boolean isChange(Method method, Class<?> type) {
    return Modifier.isPublic(method.getModifiers())
        && !Modifier.isStatic(method.getModifiers())
        && !method.isBridge()
        && method.getReturnType().isAssignableFrom(type)
        && method.getParameterCount() == 1
        && Set.<Class<?>>of(int.class, double.class, int[].class)
            .contains(method.getParameterTypes()[0])
        && !ALWAYS_GOOD.contains(method.getName());
  }

  @TestFactory
  Stream<DynamicTest> changes() throws ReflectiveOperationException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Object maker : makers()) {
      Class<?> type = maker.getClass();
      for (Method method : type.getMethods()) {
        if (isChange(method, type)) {
          tests.add(
              dynamicTest(
                  type.getSimpleName() + "." + method.getName(),
                  () ->
                      assertAll(
                          bad(method).stream()
                              .map(number -> () -> assertRefused(method, maker, number)))));
        }
      }
    }
    assertTrue(tests.size() > 40, () -> tests.size() + " methods");
    return tests.stream();
  }

  /** A layer that is new is changed too: it has a row by virtue of existing. */
  @Test
  void everyLayerIsTried() throws ReflectiveOperationException {
    Set<String> missing = new TreeSet<>();
    LayerClasses.all().forEach(type -> missing.add(type.getSimpleName()));
    makers().forEach(maker -> missing.remove(maker.getClass().getSimpleName()));
    assertEquals(Set.of(), missing, "without a row in TypedLayer");
  }

  private static void assertRefused(Executable executable, @Nullable Object on, Object... numbers) {
    String what = executable.getName() + Arrays.deepToString(numbers);
    RuntimeException error =
        assertThrows(RuntimeException.class, () -> call(executable, on, numbers), what);
    assertTrue(
        error instanceof LanegradException || error instanceof IllegalArgumentException,
        () -> what + ": " + error);
    assertTrue(error.getMessage().matches("(?s)[a-zA-Z0-9 ]+: .+"), () -> what + ": " + error);
  }

  private static Object call(Executable executable, @Nullable Object on, Object... arguments)
      throws Throwable {
    try {
      return executable instanceof Constructor<?> constructor
          ? constructor.newInstance(arguments)
          : Objects.requireNonNull(((Method) executable).invoke(on, arguments));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @TestFactory
  Stream<DynamicTest> windows() {
    return LayerClasses.all().stream()
        .filter(type -> type.getSimpleName().matches("Conv.*|.*Pool.d"))
        .flatMap(type -> Stream.of(type.getConstructors()))
        .map(
            constructor ->
                dynamicTest(
                    constructor.toGenericString().replaceAll("dev\\.lanegrad\\.\\w+\\.", ""),
                    () -> assertBadNumbersAreRefused(constructor)));
  }

  private static void assertBadNumbersAreRefused(Constructor<?> constructor) {
    Object[] good =
        Stream.of(constructor.getParameterTypes())
            .map(type -> good(type, constructor.getDeclaringClass()))
            .toArray();
    boolean takesBias = constructor.getParameterTypes()[0] == Parameter.class;
    if (takesBias) {
      good[1] = null;
    }
    assertDoesNotThrow(() -> call(constructor, null, good));
    for (int i = 0; i < good.length; i++) {
      for (Object number : bad(good[i])) {
        Object[] numbers = good.clone();
        numbers[i] = number;
        assertRefused(constructor, null, numbers);
      }
    }
  }

  private static List<?> bad(@Nullable Object good) {
    return switch (good) {
      case Integer _ -> Arrays.stream(SMALL).boxed().toList();
      case int[] _ -> lists(SMALL);
      case List<?> numbers when numbers.size() == 1 -> List.of(List.of(), List.of(-1));
      case List<?> _ -> List.of(List.of(), List.of(2, 0), List.of(-1, 2), List.of(1, 2, 3));
      case Window _ ->
          List.of(
              Window.UNIT.stride(0),
              Window.UNIT.stride(-1),
              Window.UNIT.stride(),
              Window.UNIT.stride(1, 1, 1),
              Window.UNIT.padding(-1),
              Window.UNIT.dilation(0),
              Window.UNIT.dilation(Integer.MIN_VALUE));
      case null, default -> List.of();
    };
  }

  private static Object good(Class<?> type, Class<?> made) {
    boolean isPlane = made.getSimpleName().endsWith("2d");
    if (type == int.class) {
      return 2;
    }
    if (type == int[].class) {
      return new int[] {2};
    }
    if (type == boolean.class) {
      return true;
    }
    if (type == List.class) {
      return made.getSimpleName().startsWith("Conv") ? List.of(0) : List.of(2, 2);
    }
    if (type == Parameter.class) {
      int[] shape = isPlane ? new int[] {2, 1, 2, 2} : new int[] {2, 1, 2};
      return Parameter.of("weight", Tensor.ones(DType.FLOAT32, shape));
    }
    if (type == Window.class) {
      return Window.UNIT;
    }
    return type == RandomGenerator.class ? new SplittableRandom(1) : DType.FLOAT32;
  }
}
