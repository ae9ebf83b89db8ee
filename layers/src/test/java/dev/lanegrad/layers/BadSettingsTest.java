package dev.lanegrad.layers;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.LanegradException;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.Window;
import dev.lanegrad.layers.loss.LossClasses;
import dev.lanegrad.layers.loss.LossReduction;
import dev.lanegrad.layers.loss.TripletMarginLoss;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every constructor of a layer and a loss and every initialiser, by virtue of existing: with one
 * good setting replaced by a bad one it refuses, by name, before anything dies inside.
 */
class BadSettingsTest {
  /** Settings that no constructor can find wrong. */
  private static final Set<Class<?>> ALWAYS_GOOD =
      Set.of(
          boolean.class,
          String.class,
          DType.class,
          RandomGenerator.class,
          UnaryOperator.class,
          Layer.class,
          Layer[].class,
          LossReduction.class);

  /** Where a negative number counts from the end. */
  private static final Set<Class<?>> TAKES_AXES =
      Set.of(Softmax.class, LogSoftmax.class, Flatten.class, Unflatten.class);

  private static final Map<Class<?>, Object> GOOD =
      Map.ofEntries(
          Map.entry(boolean.class, false),
          Map.entry(int.class, 2),
          Map.entry(double.class, 0.5),
          Map.entry(int[].class, new int[] {2}),
          Map.entry(DType.class, DType.FLOAT64),
          Map.entry(Shape.class, Shape.of(2)),
          Map.entry(Mode.class, new Mode()),
          Map.entry(Fan.class, Fan.IN),
          Map.entry(LossReduction.class, LossReduction.MEAN),
          Map.entry(RNN.Nonlinearity.class, RNN.Nonlinearity.TANH),
          Map.entry(RecurrentOptions.class, RecurrentOptions.DEFAULTS),
          Map.entry(RunningMoments.class, new RunningMoments(2, DType.FLOAT64)),
          Map.entry(Initializer.class, Initializer.zeros()),
          Map.entry(Window.class, Window.UNIT),
          Map.entry(List.class, List.of(2)),
          Map.entry(RandomGenerator.class, new SplittableRandom(1)));

  /** Whether a public constructor takes something that may be wrong. */
  static boolean takesSettings(Class<?> type) {
    return Stream.of(type.getConstructors())
        .flatMap(constructor -> Stream.of(constructor.getParameters()))
        .anyMatch(
            parameter ->
                !ALWAYS_GOOD.contains(parameter.getType())
                    && !parameter
                        .getParameterizedType()
                        .getTypeName()
                        .contains("<" + Layer.class.getName()));
  }

  @TestFactory
  Stream<DynamicTest> badSettingsAreRefused() {
    List<Executable> all = new ArrayList<>();
    for (Class<?> type : LayerClasses.all()) {
      all.addAll(isOfWindows(type) ? List.of() : List.of(type.getConstructors()));
    }
    for (Class<?> type : LossClasses.all()) {
      all.addAll(List.of(type.getConstructors()));
    }
    all.addAll(List.of(RecurrentOptions.class.getConstructors()));
    all.addAll(List.of(RunningMoments.class.getConstructors()));
    for (Method method : Initializer.class.getDeclaredMethods()) {
      if (Modifier.isStatic(method.getModifiers()) && Modifier.isPublic(method.getModifiers())) {
        all.add(method);
      }
    }
    return all.stream()
        .filter(makes -> bad(makes).size() > 0)
        .map(
            makes ->
                dynamicTest(
                    makes.toGenericString().replaceAll("dev\\.lanegrad\\.\\w+\\.", ""),
                    () -> check(makes)));
  }

  /** Convolutions and pools, whose windows have tests of their own. */
  private static boolean isOfWindows(Class<?> type) {
    return type.getSimpleName().matches("Conv.*|.*Pool.d");
  }

  /** Good settings with one of them, or all lengths, made bad. */
  private static List<Object[]> bad(Executable makes) {
    List<Object[]> bad = new ArrayList<>();
    Class<?>[] types = makes.getParameterTypes();
    for (int i = 0; i < types.length; i++) {
      for (Object value : bad(makes, types[i], i)) {
        Object[] settings = good(makes);
        settings[i] = value;
        bad.add(settings);
      }
    }
    return bad;
  }

  private static List<Object> bad(Executable makes, Class<?> type, int index) {
    Class<?> made = makes.getDeclaringClass();
    if (type == double.class) {
      boolean order = made == TripletMarginLoss.class && index == 1;
      boolean end = makes.getName().equals("truncatedNormal") && index > 1;
      return order || end
          ? List.of(Double.NaN)
          : List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    }
    if (type == int.class && !TAKES_AXES.contains(made)) {
      boolean orNone = made == Embedding.class && index == 1 && makes.getParameterCount() == 2;
      return orNone ? List.of(-2, 3) : List.of(0, -1, Integer.MIN_VALUE);
    }
    if (type != int[].class) {
      return List.of();
    }
    List<Object> bad = new ArrayList<>();
    bad.addAll(List.of(new int[0], new int[] {-1}, new int[] {2, Integer.MIN_VALUE}));
    if (made != Unflatten.class) {
      bad.add(new int[] {0});
    }
    return bad;
  }

  private static Object[] good(Executable makes) {
    if (makes.getName().equals("truncatedNormal")) {
      return new Object[] {0.5, 1.0, -2.0, 2.0};
    }
    return Stream.of(makes.getParameterTypes())
        .map(
            type -> type == Parameter.class ? parameter(makes.getDeclaringClass()) : GOOD.get(type))
        .toArray();
  }

  /** A key, slopes or a norm's weight. */
  private static Parameter parameter(Class<?> made) {
    int[] shape = made == Embedding.class ? new int[] {3, 2} : new int[] {2};
    return Parameter.of("weight", Tensor.ones(DType.FLOAT64, shape));
  }

  private static void check(Executable makes) {
    assertDoesNotThrow(() -> make(makes, good(makes)), "with good settings");
    for (Object[] settings : bad(makes)) {
      String what = Arrays.deepToString(settings);
      RuntimeException error =
          assertThrows(RuntimeException.class, () -> make(makes, settings), what);
      assertTrue(
          error instanceof LanegradException || error instanceof IllegalArgumentException,
          () -> what + ": " + error);
      assertTrue(error.getMessage().matches("(?s)[a-zA-Z0-9 ]+: .+"), () -> what + ": " + error);
    }
  }

  private static Object make(Executable makes, Object... settings) throws Throwable {
    try {
      return makes instanceof Constructor<?> constructor
          ? constructor.newInstance(settings)
          : ((Method) makes).invoke(null, settings);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
