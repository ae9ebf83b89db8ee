package dev.lanegrad.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.Elementwise;
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

  /** clamp is min(max(x, low), high). */
  @Test
  void aLowerBoundAboveTheUpperOneHasNoSay() {
    assertEquals(-1, Tensor.of(0.0).clamp(1, -1).item());
    List<Tensor> gradients =
        Autodiff.grad(
            x -> x.get(0).clamp(x.get(1), x.get(2)).sum(),
            List.of(Tensor.of(0.0), Tensor.of(1.0), Tensor.of(-1.0)));
    assertEquals(List.of(0.0, 0.0, 1.0), gradients.stream().map(Tensor::item).toList());
  }

  /** The slope of a convention is not flat. */
  @Test
  void secondDerivativesAtTheOriginAreNotSilentlyZero() {
    for (BinaryOperator<Formula> function :
        List.<BinaryOperator<Formula>>of(Formula::atan2, Formula::hypot)) {
      Tensor hessian =
          Autodiff.hessian(
              p -> Elementwise.of(function).applyTo(p.slice(0, 0, 1), p.slice(0, 1, 2)).sum(),
              Tensor.of(0.0, 0.0));
      for (double entry : hessian.toDoubleArray()) {
        assertEquals(Double.NaN, entry);
      }
    }
    Tensor far = Tensor.of(3.0, 4.0);
    Tensor hessian = Autodiff.hessian(p -> p.slice(0, 0, 1).hypot(p.slice(0, 1, 2)).sum(), far);
    assertArrayEquals(new double[] {0.128, -0.096, -0.096, 0.072}, hessian.toDoubleArray(), 1e-15);
  }

  @Test
  void whatIsNotChosenAddsNothingNotEvenNaN() {
    slopes(x -> x.maximum(0).sqrt(), at(-1, 4), 0, 0.25);
    slopes(within(x -> x.maximum(0).sqrt()), at(-1, 4), 0, 0.25);
    slopes(within(x -> x.exp().minimum(1)), at(1_000, 0), 0, 0.5);
    slopes(within(x -> x.exp().clamp(0, 1)), at(1_000, 0), 0, 1);
    slopes(within(x -> x.exp().neg().relu6()), at(1_000), 0);
    slopes(within(x -> x.greater(0).where(x.sqrt(), x)), at(-1, 0, 4), 1, 1, 0.25);
    slopes(within(x -> x.log().minimum(x.exp().minimum(2))), at(1_000, 2), 0, 0.5);
    Formula root = Formula.input(0).sqrt();
    slopes(within(x -> x.greater(0).where(root.add(root.square()), x)), at(-1, 4), 1, 1.25);
    slopes(within(x -> x.exp().abs().add(x.exp().minimum(1)).minimum(3)), at(1_000), 0);
  }

  /** What the Javadoc of where says. */
  @Test
  void acrossOperationsTheArgumentIsGuarded() {
    Tensor zero = Tensor.of(0.0);
    Tensor one = Tensor.of(1.0);
    slopes(x -> x.greater(0).where(x.sqrt(), zero), at(0, 4), Double.NaN, 0.25);
    slopes(x -> x.greater(0).where(x.greater(0).where(x, one).sqrt(), zero), at(0, 4), 0, 0.25);
  }

  private static UnaryOperator<Tensor> within(UnaryOperator<Formula> function) {
    return x -> Elementwise.of(function).applyTo(x);
  }

  @Test
  void everySlopeThatIsZeroByConditionTakesAnInfiniteGradient() {
    Tensor seed = Tensor.of(INF);
    for (UnaryOperator<Tensor> flat :
        List.<UnaryOperator<Tensor>>of(
            Tensor::abs,
            Tensor::relu,
            Tensor::relu6,
            x -> x.sub(1).hardTanh(),
            x -> x.sub(3).hardSigmoid(),
            x -> x.sub(3).hardSwish(),
            x -> x.leakyRelu(0),
            x -> x.clamp(1, 2),
            x -> x.maximum(1),
            x -> x.minimum(-1),
            x -> x.pow(0),
            x -> x.where(x, Tensor.of(1.0)),
            Tensor::floor)) {
      Tensor x = Tensor.of(0.0).requiresGrad();
      Gradients gradients = flat.apply(x).backward(seed);
      assertEquals(0, gradients.contains(x) ? gradients.of(x).item() : 0);
    }
  }

  @Test
  void slopesOfFloat32DoNotVanishEarly() {
    floatSlopes(Tensor::sigmoid, 20, 2.0611537e-9);
    floatSlopes(Tensor::tanh, 10, 8.244614e-9);
    floatSlopes(Tensor::expm1, -17, 4.1399377e-8);
    floatSlopes(Tensor::asinh, 1e20, 1e-20);
    floatSlopes(Tensor::acosh, 1e20, 1e-20);
    Tensor tiny = Tensor.of(1e-25f).requiresGrad();
    assertEquals(5e24, tiny.atan2(Tensor.of(1e-25f)).backward().of(tiny).item(), 1e18);
  }

  private static void floatSlopes(UnaryOperator<Tensor> function, double at, double expected) {
    Tensor x = Tensor.of((float) at).requiresGrad();
    double slope = function.apply(x).backward().of(x).item();
    assertEquals(expected, slope, 1e-6 * expected);
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
