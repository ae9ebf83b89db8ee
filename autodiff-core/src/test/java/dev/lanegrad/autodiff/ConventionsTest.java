package dev.lanegrad.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Gradients where there is none in the strict sense: PyTorch's conventions. */
class ConventionsTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  private static void slopes(UnaryOperator<Tensor> function, double[] at, double... expected) {
    Tensor gradient = Autodiff.grad(x -> function.apply(x).sum()).apply(Tensor.of(at));
    assertArrayEquals(expected, gradient.toDoubleArray(), 1e-15);
  }

  private static double[] at(double... points) {
    return points;
  }

  private static void slopes(
      BinaryOperator<Tensor> function, double a, double b, double ofA, double ofB) {
    List<Tensor> gradients =
        Autodiff.grad(
            x -> function.apply(x.get(0), x.get(1)).sum(),
            List.of(Tensor.of(new double[] {a}), Tensor.of(new double[] {b})));
    assertArrayEquals(
        new double[] {ofA, ofB}, new double[] {gradients.get(0).item(), gradients.get(1).item()});
  }

  @Test
  void kinksOfOneArgument() {
    slopes(Tensor::relu, at(0, -0.0), 0, 0);
    slopes(Tensor::abs, at(0, -0.0), 0, 0);
    slopes(Tensor::sqrt, at(0), INF);
    slopes(Tensor::relu6, at(0, 6), 0, 0);
    slopes(Tensor::hardTanh, at(-1, 1), 0, 0);
    slopes(Tensor::sign, at(0, 2), 0, 0);
    slopes(x -> x.leakyRelu(0.25), at(0, -1), 0.25, 0.25);
    slopes(x -> x.clamp(-1, 1), at(-1, 1, -1.5, 1.5, 0), 1, 1, 0, 0, 1);
  }

  @Test
  void tiesOfTwoArguments() {
    slopes((a, b) -> a.maximum(b), 2, 2, 0.5, 0.5);
    slopes((a, b) -> a.minimum(b), 2, 2, 0.5, 0.5);
    slopes((a, b) -> a.maximum(b), 3, 2, 1, 0);
    slopes((a, b) -> a.hypot(b), 0, 0, 0, 0);
    slopes((a, b) -> a.atan2(b), 0, 0, 0, 0);
  }

  @Test
  void tiesAlongAnAxisShareTheGradient() {
    slopes(x -> x.max(), at(1, 3, 3, 2, 3), 0, 1.0 / 3, 1.0 / 3, 0, 1.0 / 3);
    slopes(x -> x.min(), at(2, 1, 1), 0, 0.5, 0.5);
  }

  @Test
  void zeroOverZeroGivesNoGradient() {
    slopes(x -> x.norm(), at(0, 0), 0, 0);
    slopes(x -> x.pNorm(3), at(0, 0), 0, 0);
    slopes(x -> x.std(), at(2, 2, 2), 0, 0, 0);
    slopes(x -> x.pNorm(1), at(0, -2), 0, -1);
  }

  /** A second derivative that does not exist is NaN, and touches no other line. */
  @Test
  void zeroOverZeroHasNoSecondDerivative() {
    assertNaN(Autodiff.hessian(x -> x.norm().square(), Tensor.of(0.0, 0)));
    assertNaN(Autodiff.hessian(x -> x.norm(), Tensor.of(0.0, 0)));
    assertNaN(Autodiff.hessian(x -> x.pNorm(3).square(), Tensor.of(0.0, 0)));
    assertNaN(Autodiff.hessian(x -> x.pNorm(1.5).square(), Tensor.of(0.0, 0)));
    assertNaN(Autodiff.hessian(x -> x.std().square(), Tensor.of(0.0, 0)));
    assertNaN(Autodiff.hessian(x -> x.std().square(), Tensor.of(5.0, 5, 5)));
    Tensor rows = Tensor.of(new double[][] {{0, 0}, {1, 2}});
    Tensor hessian = Autodiff.hessian(x -> x.norm(1).square().sum(), rows);
    Tensor ofSecond = hessian.select(0, 1).select(1, 1);
    assertArrayEquals(new double[] {2, 0, 0, 2}, ofSecond.toDoubleArray(), 1e-15);
    assertNaN(hessian.select(0, 0).select(1, 0));
  }

  private static void assertNaN(Tensor tensor) {
    for (double element : tensor.toDoubleArray()) {
      assertEquals(Double.NaN, element);
    }
  }

  @Test
  void productsWithZerosHaveTheGradientsOfTheOthers() {
    slopes(x -> x.prod(), at(0, 3, 5), 15, 0, 0);
    slopes(x -> x.prod(), at(0, 0, 5), 0, 0, 0);
    slopes(x -> x.prod(), at(2, 3, 5), 15, 10, 6);
  }

  @Test
  void powersAtZero() {
    slopes(x -> x.pow(2), at(0, -3), 0, -6);
    slopes(x -> x.pow(3), at(0, -2), 0, 12);
    slopes(x -> x.pow(0), at(0, 2), 0, 0);
    slopes((a, b) -> a.pow(b), 0, 2, 0, 0);
  }

  @Test
  void infiniteGradientsDoNotTurnIntoNaNWhereTheyDoNotFlow() {
    Tensor x = Tensor.of(-1.0, 2).requiresGrad();
    Tensor seed = Tensor.of(INF, INF);
    assertArrayEquals(new double[] {0, INF}, x.relu().backward(seed).of(x).toDoubleArray());
    Tensor chosen = x.greater(0).where(x, Tensor.of(7.0));
    assertArrayEquals(new double[] {0, INF}, chosen.backward(seed).of(x).toDoubleArray());
  }
}
