package dev.lanegrad.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.LinearAlgebraException;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NewtonTest {
  static Stream<Newton.Options> solvers() {
    return Stream.of(Newton.Options.DEFAULT, Newton.Options.DEFAULT.withLargestHessian(0));
  }

  /** x^T A x / 2 - b x over two parameters; A = M^T M + I. */
  @ParameterizedTest
  @MethodSource("solvers")
  void oneStepFindsTheMinimumOfAQuadratic(Newton.Options options) {
    SplittableRandom random = new SplittableRandom(1);
    Tensor m = Tensor.normal(random, DType.FLOAT64, 6, 6);
    Tensor a = m.transpose().matmul(m).add(Tensor.eye(DType.FLOAT64, 6));
    Tensor minimum = Tensor.normal(random, DType.FLOAT64, 6);
    Tensor b = a.matmul(minimum.unsqueeze(1)).squeeze(1);
    Parameter first = Parameter.of("first", Tensor.zeros(DType.FLOAT64, 2, 2));
    Parameter second = Parameter.of("second", Tensor.zeros(DType.FLOAT64, 2));
    Newton optimizer = new Newton(List.of(first, second), options);
    double before =
        optimizer.step(
            () -> {
              Tensor x = Tensor.concat(0, List.of(first.tensor().reshape(4), second.tensor()));
              Tensor ax = a.matmul(x.unsqueeze(1)).squeeze(1);
              return x.mul(ax).sum().div(2).sub(x.mul(b).sum());
            });
    assertEquals(0, before);
    Tensor found = Tensor.concat(0, List.of(first.tensor().reshape(4), second.tensor()));
    assertArrayEquals(minimum.toDoubleArray(), found.toDoubleArray(), 1e-9);
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void findsTheEndOfRosenbrocksValley(Newton.Options options) {
    Parameter x = Parameter.of("x", Tensor.of(0.0, 0.0));
    Newton optimizer = new Newton(List.of(x), options);
    for (int step = 0; step < 20; step++) {
      optimizer.step(
          () -> {
            Tensor a = x.tensor().select(0, 0);
            Tensor b = x.tensor().select(0, 1);
            return a.neg().add(1).square().add(b.sub(a.square()).square().mul(100));
          });
    }
    assertArrayEquals(new double[] {1, 1}, x.tensor().toDoubleArray(), 1e-8);
  }

  /** L2.4 of the lectures: both count iterations to the same loss. */
  @ParameterizedTest
  @MethodSource("solvers")
  void needsTenTimesFewerIterationsThanGradientDescentOnLogisticRegression(Newton.Options options) {
    double target = loss(new double[3], 60) + 1e-4;
    Parameter w = weights();
    Optimizer descent = new Optimizer(List.of(w), new SGD(0.5));
    int slow = 0;
    while (cost(w).get().item() > target) {
      descent.step(cost(w).get().backward());
      slow++;
    }
    Parameter v = weights();
    Newton newton = new Newton(List.of(v), options);
    int quick = 0;
    while (cost(v).get().item() > target) {
      newton.step(cost(v));
      quick++;
    }
    assertTrue(slow >= 10 * quick, slow + " against " + quick);
  }

  private static double loss(double[] start, int steps) {
    Parameter w = Parameter.of("w", Tensor.of(Shape.of(3, 1), start));
    Newton newton = new Newton(List.of(w));
    double loss = 0;
    for (int i = 0; i < steps; i++) {
      loss = newton.step(cost(w));
    }
    return loss;
  }

  private static Parameter weights() {
    return Parameter.of("w", Tensor.zeros(DType.FLOAT64, 3, 1));
  }

  private static Supplier<Tensor> cost(Parameter w) {
    SplittableRandom random = new SplittableRandom(5);
    Tensor x = Tensor.normal(random, DType.FLOAT64, 200, 3);
    Tensor scale = Tensor.of(Shape.of(1, 3), 1.0, 3, 0.3);
    Tensor noise = Tensor.normal(random, DType.FLOAT64, 200, 1);
    Tensor truth = Tensor.of(Shape.of(3, 1), 1.0, -0.5, 2);
    Tensor inputs = x.mul(scale);
    Tensor y = inputs.matmul(truth).add(noise).greater(0).cast(DType.FLOAT64);
    return () -> {
      Tensor z = inputs.matmul(w.tensor());
      return z.softplus().sub(z.mul(y)).mean();
    };
  }

  @Test
  void aSingularHessianNeedsADamping() {
    Parameter w = Parameter.of("w", Tensor.of(1.0, 2));
    Supplier<Tensor> loss = () -> w.tensor().sum().square();
    assertEquals(
        "Newton: the Hessian [2, 2] is singular with a damping of 0.0: take a larger one, or"
            + " conjugate gradients (largestHessian 0)",
        assertThrows(LinearAlgebraException.class, () -> new Newton(List.of(w)).step(loss))
            .getMessage());
    assertArrayEquals(new double[] {1, 2}, w.tensor().toDoubleArray());
    new Newton(List.of(w), Newton.Options.DEFAULT.withDamping(1e-6)).step(loss);
    assertEquals(0, w.tensor().sum().item(), 1e-5);
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void aLossThatIsNotFiniteChangesNothing(Newton.Options options) {
    Parameter w = Parameter.of("w", Tensor.of(1.0, 2));
    Newton optimizer = new Newton(List.of(w), options);
    assertEquals(Double.NaN, optimizer.step(() -> w.tensor().sum().mul(Double.NaN)));
    assertEquals(1, optimizer.step(() -> w.tensor().sub(1).sqrt().sum()));
    assertArrayEquals(new double[] {1, 2}, w.tensor().toDoubleArray());
  }

  /** A loss without curvature: conjugate gradients go down along the gradient. */
  @Test
  void conjugateGradientsStopWhereTheCurvatureIsNotPositive() {
    Parameter w = Parameter.of("w", Tensor.of(1.0, 2));
    Newton optimizer = new Newton(List.of(w), new Newton.Options(0.5, 0, 0, 10, 1e-10));
    optimizer.step(() -> w.tensor().square().sum().neg());
    assertArrayEquals(new double[] {2, 4}, w.tensor().toDoubleArray(), 1e-12);
    optimizer.step(() -> w.tensor().sum());
    assertArrayEquals(new double[] {1.5, 3.5}, w.tensor().toDoubleArray(), 1e-12);
  }

  @Test
  void settingsAreKeptInItsState() {
    Parameter w = Parameter.of("w", Tensor.of(1.0, 2));
    Newton optimizer = new Newton(List.of(w));
    optimizer.set("damping", 0.5);
    optimizer.setLearningRate(0.25);
    Newton other = new Newton(List.of(w));
    other.loadStateDict(optimizer.stateDict());
    assertEquals(optimizer.settings(0), other.settings(0));
    assertEquals(0.5, other.options().damping());
  }
}
