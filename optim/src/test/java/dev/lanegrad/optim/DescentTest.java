package dev.lanegrad.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.optim.schedule.CosineAnnealingLR;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule finds minima. */
class DescentTest {
  static Stream<Descent> all() {
    return Descent.ALL.stream();
  }

  /**
   * Goes down along a gradient that is written out, since graphs for all rules would take long.
   *
   * @param minimum of the function
   */
  private static void descend(
      Descent row, Parameter x, Rule rule, int steps, double[] minimum, UnaryOperator<double[]> f) {
    Optimizer optimizer = new Optimizer(List.of(x), rule);
    CosineAnnealingLR schedule = new CosineAnnealingLR(steps);
    for (int step = 0; step < steps; step++) {
      double[] at = x.tensor().toDoubleArray();
      if (!row.anneals() && distance(at, minimum) < 5e-3) {
        return;
      }
      if (row.anneals()) {
        schedule.apply(optimizer, step);
      }
      Tensor gradient = Tensor.ofDoubles(x.dtype(), x.shape(), f.apply(at));
      Autodiff.tidy(() -> optimizer.step(x.tensor().mul(gradient).sum().backward()));
    }
  }

  private static double distance(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> Math.abs(a[i] - b[i])).max().orElse(0);
  }

  /** f(x) = sum of c (x - a)^2 with curvatures c from 0.5 to 2. */
  @ParameterizedTest
  @MethodSource("all")
  void findsTheMinimumOfAParabola(Descent row) {
    double[] curvature = {0.5, 1, 2};
    double[] minimum = {0.3, -0.2, 0.5};
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      Parameter x = Parameter.of("x", Tensor.ones(dtype, 3));
      UnaryOperator<double[]> slope =
          at ->
              IntStream.range(0, 3)
                  .mapToDouble(i -> 2 * curvature[i] * (at[i] - minimum[i]))
                  .toArray();
      descend(row, x, row.bowl(), 1000, minimum, slope);
      assertArrayEquals(minimum, x.tensor().toDoubleArray(), 1e-2);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void findsTheEndOfRosenbrocksValley(Descent row) {
    Parameter x = Parameter.of("x", Tensor.of(0.0, 0.0));
    double[] minimum = {1, 1};
    descend(
        row,
        x,
        row.valley(),
        row.anneals() ? 6_000 : 10_000,
        minimum,
        at -> {
          double slope = 200 * (at[1] - at[0] * at[0]);
          return new double[] {2 * (at[0] - 1) - 2 * at[0] * slope, slope};
        });
    assertArrayEquals(minimum, x.tensor().toDoubleArray(), 3e-2);
  }

  /** |A X - B|^2 over matrices. */
  @Test
  void muonSolvesAMatrixLeastSquaresProblem() {
    SplittableRandom random = new SplittableRandom(3);
    Tensor a = Tensor.normal(random, DType.FLOAT64, 20, 6);
    Tensor truth = Tensor.normal(random, DType.FLOAT64, 6, 4);
    Tensor b = a.matmul(truth);
    Parameter x = Parameter.of("x", Tensor.zeros(DType.FLOAT64, 6, 4));
    Optimizer optimizer = new Optimizer(List.of(x), new Muon(0.1).withWeightDecay(0));
    for (int step = 0; step < 250; step++) {
      new CosineAnnealingLR(250).apply(optimizer, step);
      optimizer.step(a.matmul(x.tensor()).sub(b).square().sum().backward());
    }
    assertEquals(0, x.tensor().sub(truth).abs().max().item(), 1e-2);
  }
}
