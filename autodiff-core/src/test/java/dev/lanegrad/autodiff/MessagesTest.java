package dev.lanegrad.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Update;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** Messages name the method that the user called, and not one of the operations it is made of. */
class MessagesTest {
  private static final Tensor INTS = Tensor.ofInts(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
  private static final Tensor NUMBERS = Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}});
  private static final Tensor FOUR = Tensor.of(1.0, 2, 3, 4);
  private static final Tensor BAD = NUMBERS.sub(NUMBERS).div(NUMBERS.sub(NUMBERS));

  private static List<Method> methods() {
    return Stream.of(ElementwiseMethods.class, ReductionMethods.class, ShapeMethods.class)
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(m -> m.isDefault() && Modifier.isPublic(m.getModifiers()))
        .toList();
  }

  /** What a call throws, or null; arguments are one number or tensor over and over. */
  private static @Nullable LanegradException thrown(
      Method method, Tensor self, Tensor tensor, int number) {
    Object[] arguments =
        Arrays.stream(method.getParameterTypes()).map(t -> argument(t, tensor, number)).toArray();
    try {
      method.invoke(self, arguments);
      return null;
    } catch (InvocationTargetException e) {
      return e.getCause() instanceof LanegradException own ? own : null;
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static Object argument(Class<?> type, Tensor tensor, int number) {
    if (type == Tensor.class) {
      return tensor;
    }
    if (type == int.class) {
      return number;
    }
    if (type == int[].class) {
      return new int[] {number};
    }
    if (type == double.class) {
      return 1.5;
    }
    if (type == boolean.class) {
      return true;
    }
    if (type == Shape.class) {
      return Shape.of(7, 7);
    }
    return DType.FLOAT64;
  }

  private static void assertNamed(
      Class<? extends LanegradException> type,
      String ending,
      int least,
      Tensor self,
      Tensor tensor,
      int number) {
    int count = 0;
    for (Method method : methods()) {
      LanegradException thrown = thrown(method, self, tensor, number);
      if (type.isInstance(thrown)) {
        count++;
        assertTrue(
            thrown.getMessage().startsWith(method.getName() + ending),
            () -> method + ": " + thrown.getMessage());
      }
    }
    int refused = count;
    assertTrue(count >= least, () -> refused + " calls were refused");
  }

  @Test
  void everyMethodIsNamedByWhatItRefuses() {
    assertNamed(DTypeException.class, ": ", 70, INTS, INTS, 0);
    assertNamed(ShapeException.class, ": ", 25, NUMBERS, FOUR, 5);
    assertNamed(ShapeException.class, ": ", 25, NUMBERS, FOUR, 0);
  }

  @Test
  void everyMethodIsNamedByTheNaNItGives() {
    Autodiff.detectAnomaly(
        () -> {
          String ending = " gave NaN in its result of shape ";
          assertNamed(AnomalyException.class, ending, 80, BAD, BAD, 0);
          return true;
        });
  }

  private static final Map<String, Executable> OTHERS = new LinkedHashMap<>();

  static {
    Tensor image = INTS.reshape(1, 1, 2, 3);
    Window window = Window.UNIT;
    Tensor square = INTS.slice(1, 0, 2);
    OTHERS.put("stack: shapes differ: [2, 3] x [4]", () -> Tensor.stack(0, List.of(NUMBERS, FOUR)));
    OTHERS.put("einsum: dtypes", () -> Tensor.einsum("ij,kj->ik", INTS, INTS));
    OTHERS.put("inverse: dtypes", () -> LinearAlgebra.inverse(square));
    OTHERS.put("inverse: takes a square matrix", () -> LinearAlgebra.inverse(NUMBERS));
    OTHERS.put(
        "inverse: matrix of shape [2, 2] is singular",
        () -> LinearAlgebra.inverse(Tensor.zeros(DType.FLOAT64, 2, 2)));
    Tensor two = Tensor.of(1.0, 2);
    OTHERS.put("solve: takes a square matrix", () -> LinearAlgebra.solve(NUMBERS, two));
    OTHERS.put(
        "solve: the right side must have as many rows: [2, 3] x [4]",
        () -> LinearAlgebra.solve(NUMBERS, FOUR));
    OTHERS.put("determinant: dtypes", () -> LinearAlgebra.determinant(square));
    OTHERS.put("cholesky: dtypes", () -> LinearAlgebra.cholesky(square));
    OTHERS.put("singularValues: takes a matrix", () -> LinearAlgebra.singularValues(FOUR));
    OTHERS.put("svd: dtypes", () -> LinearAlgebra.svd(square));
    OTHERS.put("conv2d: dtypes", () -> Convolutions.conv2d(image, image, null, window));
    OTHERS.put(
        "convTranspose2d: dtypes", () -> Convolutions.convTranspose2d(image, image, null, window));
    OTHERS.put("unfold: dtypes", () -> Convolutions.unfold(image, new int[] {1, 1}, window));
    OTHERS.put(
        "fold: dtypes",
        () -> Convolutions.fold(INTS.reshape(1, 2, 3), new int[] {3}, new int[] {1}, window));
    OTHERS.put("maxPool2d: dtypes", () -> Pooling.maxPool2d(image, 1));
    OTHERS.put(
        "maxPool2dWithIndices: dtypes",
        () -> Pooling.maxPool2dWithIndices(image, new int[] {1, 1}, window));
    OTHERS.put("avgPool2d: dtypes", () -> Pooling.avgPool2d(image, 1));
    OTHERS.put("avgPool1d: dtypes", () -> Pooling.avgPool1d(INTS.reshape(1, 2, 3), 1));
    OTHERS.put("adaptiveAvgPool2d: dtypes", () -> Pooling.adaptiveAvgPool2d(image, 1, 1));
    OTHERS.put("globalAvgPool: dtypes", () -> Pooling.globalAvgPool(image));
    OTHERS.put("globalMaxPool: dtypes", () -> Pooling.globalMaxPool(image));
  }

  @TestFactory
  Stream<DynamicTest> otherCompositesAreNamed() {
    return OTHERS.entrySet().stream()
        .map(
            entry ->
                dynamicTest(
                    entry.getKey(),
                    () -> {
                      String message =
                          assertThrows(LanegradException.class, entry.getValue()).getMessage();
                      assertTrue(message.startsWith(entry.getKey()), message);
                    }));
  }

  private static String anomaly(Executable action) {
    return assertThrows(
            AnomalyException.class,
            () ->
                Autodiff.detectAnomaly(
                    () -> {
                      try {
                        action.execute();
                      } catch (RuntimeException e) {
                        throw e;
                      } catch (Throwable e) {
                        throw new AssertionError(e);
                      }
                      return true;
                    }))
        .getMessage();
  }

  private static void assertStarts(String expected, String actual) {
    assertTrue(actual.startsWith(expected), actual);
  }

  @Test
  void anomaliesNameTheMethod() {
    Tensor infinite = Tensor.of(Double.POSITIVE_INFINITY, 1);
    assertStarts("softmax gave NaN in its result of shape [2]", anomaly(() -> infinite.softmax(0)));
    assertStarts("logSoftmax gave NaN", anomaly(() -> infinite.logSoftmax(0)));
    assertStarts("logSumExp gave Infinity", anomaly(() -> infinite.logSumExp(0)));
    assertStarts("mean gave Infinity", anomaly(() -> infinite.mean()));
    assertStarts("std gave Infinity", anomaly(() -> infinite.std()));
    Tensor tracked = Tensor.of(0.0, 1).requiresGrad();
    assertStarts(
        "the reverse rule of pow gave Infinity", anomaly(() -> tracked.pow(0.5).sum().backward()));
  }

  /** What an operation computes on its way to a finite result is not looked at. */
  @Test
  void whatIsInsideAnOperationIsNoAnomaly() {
    Tensor x = Tensor.of(Double.NEGATIVE_INFINITY, 1);
    double[] shares = Autodiff.detectAnomaly(() -> x.softmax(0)).toDoubleArray();
    assertEquals(1, shares[1]);
  }

  @Test
  void sumsOfGradientsAreNamedByWhatTheyReach() {
    Tensor x = Tensor.of(-20.0, -10).requiresGrad();
    String message =
        anomaly(
            () -> {
              Tensor y = x.exp();
              y.mul(1e308).add(y.mul(1.5e308)).sum().backward();
            });
    assertStarts("the sum of the gradients that reach the result of exp, of shape [2]", message);
  }

  @Test
  void updatesAreLookedAt() {
    Parameter weight = Parameter.of("weight", Tensor.of(1.0, 0));
    Elementwise inverse = Elementwise.of(Formula.input(0).reciprocal());
    String message = anomaly(() -> new Update(inverse, List.of(weight)).apply());
    assertStarts("an update gave Infinity in parameter \"weight\" of shape [2]", message);
  }
}
