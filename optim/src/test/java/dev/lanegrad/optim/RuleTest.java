package dev.lanegrad.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Properties of every rule of the table. */
class RuleTest {
  private static final Shape THREE = Shape.of(3);

  static Stream<Rules> all() {
    return Rules.all();
  }

  /** Steps along given gradients, so that nothing but the rule is compared. */
  @ParameterizedTest
  @MethodSource("all")
  void stepsEqualThoseInPlainJava(Rules row) {
    int size = 37;
    Tensor start = Tensor.normal(new SplittableRandom(1), DType.FLOAT64, size);
    Parameter parameter = Parameter.of("p", start);
    Optimizer optimizer = new Optimizer(List.of(parameter), row.rule());

    double[] expected = start.toDoubleArray();
    double[][] states = new double[size][2];
    SplittableRandom random = new SplittableRandom(2);
    for (int step = 1; step <= 50; step++) {
      double rate = row.rule().learningRate() / step;
      optimizer.setLearningRate(rate);
      Tensor gradient = Tensor.normal(random, DType.FLOAT64, size);
      optimizer.step(parameter.tensor().mul(gradient).sum().backward());
      double[] gradients = gradient.toDoubleArray();
      for (int i = 0; i < size; i++) {
        expected[i] = row.reference().step(expected[i], gradients[i], states[i], rate, step);
      }
    }
    assertArrayEquals(expected, parameter.tensor().toDoubleArray(), 1e-12);
  }

  /** f(x) = sum of c (x - a)^2 with curvatures c from 0.5 to 2. */
  @ParameterizedTest
  @MethodSource("all")
  void findsTheMinimumOfAQuadratic(Rules row) {
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      Tensor curvature = Tensor.ofDoubles(dtype, THREE, 0.5, 1, 2);
      Tensor minimum = Tensor.ofDoubles(dtype, THREE, 0, 1e-3, -2e-3);
      Parameter x = Parameter.of("x", Tensor.ones(dtype, 3));
      Optimizer optimizer = new Optimizer(List.of(x), row.rule());
      for (int step = 0; step < 1000; step++) {
        optimizer.step(x.tensor().sub(minimum).square().mul(curvature).sum().backward());
      }
      double[] error = x.tensor().sub(minimum).toDoubleArray();
      assertTrue(Arrays.stream(error).allMatch(e -> Math.abs(e) < 1e-2), Arrays.toString(error));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void changesTheParameterOnceInAStep(Rules row) {
    Parameter parameter = Parameter.of("p", Tensor.of(1.0));
    Optimizer optimizer = new Optimizer(List.of(parameter), row.rule());

    optimizer.step(parameter.tensor().square().sum().backward());
    assertEquals(1, parameter.version());
  }

  @Test
  void hyperParametersOutOfRangeAreRefused() {
    List<Runnable> mistakes =
        List.of(
            () -> new SGD(-1),
            () -> new SGD(Double.NaN),
            () -> new SGD(Double.POSITIVE_INFINITY),
            () -> new SGD(0.1, 1),
            () -> new SGD(0.1, -0.1),
            () -> new SGD(0.1, 0, true, 0),
            () -> new SGD(0.1, 0, false, -1),
            () -> new Adam(-1),
            () -> new Adam(0.1, 1, 0.9, 1e-8, 0),
            () -> new Adam(0.1, 0.9, 1, 1e-8, 0),
            () -> new Adam(0.1, 0.9, 0.9, -1e-9, 0),
            () -> new Adam(0.1, 0.9, 0.9, 1e-8, Double.NaN),
            () -> new AdamW(Double.NaN),
            () -> new AdamW(0.1, 0.9, 0.9, 1e-8, -1));
    for (Runnable mistake : mistakes) {
      assertThrows(IllegalArgumentException.class, mistake::run);
    }
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> new Adam(0.1, 1, 0.9, 1e-8, 0));
    assertEquals("Adam: beta1 must be at least 0 and less than 1, not 1.0", error.getMessage());
  }
}
