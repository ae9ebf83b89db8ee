package dev.lanegrad.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanegrad.autodiff.Autodiff.ValueAndGradient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Derivatives of derivatives. */
class HigherOrderTest {
  private static Tensor fourthPower(Tensor x) {
    return x.square().square().sum();
  }

  private static void assertNumbers(Tensor actual, double... expected) {
    assertArrayEquals(expected, actual.toDoubleArray(), 1e-12);
  }

  private static UnaryOperator<Tensor> derivative(UnaryOperator<Tensor> function) {
    return Autodiff.grad(x -> function.apply(x).sum());
  }

  @Test
  void derivativesOfAPolynomial() {
    Tensor x = Tensor.of(2.0, -1);
    UnaryOperator<Tensor> first = Autodiff.grad(HigherOrderTest::fourthPower);
    UnaryOperator<Tensor> second = derivative(first);
    UnaryOperator<Tensor> third = derivative(second);
    UnaryOperator<Tensor> fourth = derivative(third);
    assertNumbers(first.apply(x), 32, -4);
    assertNumbers(second.apply(x), 48, 12);
    assertNumbers(third.apply(x), 48, -24);
    assertNumbers(fourth.apply(x), 24, 24);
    assertNumbers(derivative(fourth).apply(x), 0, 0);
  }

  @Test
  void sixthDerivativeOfTheSine() {
    UnaryOperator<Tensor> function = Tensor::sin;
    for (int order = 0; order < 6; order++) {
      function = derivative(function);
    }
    assertNumbers(function.apply(Tensor.of(0.7)), -Math.sin(0.7));
  }

  @Test
  void derivativesWithinDerivativesAreNotConfused() {
    // d/dx (x d/dy (x + y)) at 3, which confusing the two inputs turns into 2
    UnaryOperator<Tensor> outer =
        x -> x.mul(Autodiff.grad(y -> x.add(y).sum()).apply(Tensor.of(1.0))).sum();
    assertNumbers(Autodiff.grad(outer).apply(Tensor.of(3.0)), 1);

    // d/dx (x d/dy (x y^2) at y = x) = d/dx 2 x^3
    UnaryOperator<Tensor> diagonal =
        x -> x.mul(Autodiff.grad(y -> x.mul(y.square()).sum()).apply(x)).sum();
    assertNumbers(Autodiff.grad(diagonal).apply(Tensor.of(2.0)), 24);
  }

  @Test
  void gradientsDependOnWhatAFunctionCaptures() {
    Tensor w = Tensor.of(2.0, 5).requiresGrad();
    Tensor x = Tensor.of(3.0, 4);
    Tensor slope = Autodiff.grad(t -> t.square().mul(w).sum()).apply(x);
    assertNumbers(slope, 12, 40);
    assertNumbers(slope.square().sum().backward().of(w), 144, 640);
  }

  @Test
  void penaltyOnAGradientReachesTheParameters() {
    Parameter w = Parameter.of("w", Tensor.of(0.5, -2));
    Tensor x = Tensor.of(1.0, 2);
    Tensor slope = Autodiff.grad(t -> t.mul(w.tensor()).tanh().sum()).apply(x);
    Gradients gradients = slope.square().sum().backward();
    double[] expected = new double[2];
    for (int i = 0; i < 2; i++) {
      double weight = w.tensor().toDoubleArray()[i];
      double at = x.toDoubleArray()[i];
      double y = Math.tanh(weight * at);
      double d = 1 - y * y;
      expected[i] = 2 * weight * d * (d - 2 * weight * at * y * d);
    }
    assertNumbers(gradients.of(w), expected);
  }

  @Test
  void seedsCanBeDifferentiated() {
    Tensor seed = Tensor.of(1.0, 2).requiresGrad();
    Tensor x = Tensor.of(3.0, 4);
    Tensor slope = Autodiff.vjp(t -> t.getFirst().square(), List.of(x), seed).getFirst();
    assertNumbers(slope, 6, 16);
    assertNumbers(slope.sum().backward().of(seed), 6, 8);
  }

  @Test
  void hessianOfRosenbrock() {
    UnaryOperator<Tensor> rosenbrock =
        p -> {
          Tensor x = p.select(0, 0);
          Tensor y = p.select(0, 1);
          Tensor a = x.neg().add(1).square();
          return a.add(y.sub(x.square()).square().mul(100));
        };
    Tensor at = Tensor.of(0.5, -1);
    assertNumbers(Autodiff.hessian(rosenbrock, at), 702, -200, -200, 200);
    assertNumbers(Autodiff.hvp(rosenbrock, at, Tensor.of(1.0, 2)), 302, 200);
    ValueAndGradient both = Autodiff.valueAndGrad(rosenbrock).apply(at);
    assertEquals(0.25 + 100 * 1.5625, both.value().item(), 1e-12);
    assertNumbers(both.gradient(), 249, -250);
    assertFalse(both.value().isTracked());
    assertTrue(Autodiff.valueAndGrad(rosenbrock).apply(at.requiresGrad()).value().isTracked());
  }

  @Test
  void hessianKeepsBothShapes() {
    Tensor x = Tensor.of(new double[][] {{1, 2}, {3, 4}});
    Tensor hessian = Autodiff.hessian(t -> t.square().sum(), x);
    assertEquals(Shape.of(2, 2, 2, 2), hessian.shape());
    assertNumbers(hessian.reshape(4, 4), Tensor.eye(DType.FLOAT64, 4).mul(2).toDoubleArray());
    assertNumbers(Autodiff.hessian(t -> t.sum(), x), new double[16]);
    assertNumbers(Autodiff.hessian(t -> Tensor.scalar(DType.FLOAT64, 1), x), new double[16]);
  }

  /** What each transformation makes of a function of x that captures w, and its slope in w. */
  private static final Map<String, Captured> CAPTURED = new LinkedHashMap<>();

  private interface Captured {
    Tensor of(Supplier<Tensor> w, Tensor x);
  }

  private static UnaryOperator<Tensor> cubeTimes(Supplier<Tensor> w) {
    return x -> x.square().mul(x).mul(w.get()).sum();
  }

  static {
    Tensor two = Tensor.of(2.0);
    CAPTURED.put("grad 27", (w, x) -> Autodiff.grad(cubeTimes(w)).apply(x));
    CAPTURED.put("value 27", (w, x) -> Autodiff.valueAndGrad(cubeTimes(w)).apply(x).value());
    CAPTURED.put(
        "valueAndGrad 27", (w, x) -> Autodiff.valueAndGrad(cubeTimes(w)).apply(x).gradient());
    CAPTURED.put(
        "grad of a list 27",
        (w, x) -> Autodiff.grad(p -> cubeTimes(w).apply(p.getFirst()), List.of(x)).getFirst());
    CAPTURED.put("vjp 54", (w, x) -> Autodiff.vjp(p -> p.square().mul(p).mul(w.get()), x, two));
    CAPTURED.put("hvp 36", (w, x) -> Autodiff.hvp(cubeTimes(w), x, two));
    CAPTURED.put("hessian 18", (w, x) -> Autodiff.hessian(cubeTimes(w), x));
    CAPTURED.put(
        "grad of a hessian 6",
        (w, x) -> Autodiff.grad((Tensor p) -> Autodiff.hessian(cubeTimes(w), p).sum()).apply(x));
    CAPTURED.put(
        "hessian of a gradient 6",
        (w, x) -> Autodiff.hessian(p -> Autodiff.grad(cubeTimes(w)).apply(p).sum(), x));
    CAPTURED.put(
        "hvp of a gradient 12",
        (w, x) -> Autodiff.hvp(p -> Autodiff.grad(cubeTimes(w)).apply(p).sum(), x, two));
  }

  @TestFactory
  Stream<DynamicTest> transformationsKeepWhatAFunctionCaptures() {
    return CAPTURED.entrySet().stream()
        .map(entry -> dynamicTest(entry.getKey(), () -> assertKept(entry)));
  }

  private static void assertKept(Map.Entry<String, Captured> entry) {
    Captured captured = entry.getValue();
    String name = entry.getKey();
    double slope = 1 + Double.parseDouble(name.substring(name.lastIndexOf(' ')));
    for (Tensor x : List.of(Tensor.of(3.0), Tensor.of(3.0).requiresGrad())) {
      Tensor w = Tensor.of(5.0).requiresGrad();
      Tensor sum = w.add(captured.of(() -> w, x)).sum();
      assertEquals(slope, sum.backward().of(w).item(), 1e-12);

      Parameter weight = Parameter.of("w", Tensor.of(5.0));
      Tensor twice = weight.tensor().add(captured.of(weight::tensor, x)).sum();
      assertEquals(slope, twice.backward().of(weight).item(), 1e-12);

      Tensor standIn = Tensor.of(7.0).requiresGrad();
      Tensor thrice =
          Parameter.substitute(
              Map.of(weight, standIn),
              () -> weight.tensor().add(captured.of(weight::tensor, x)).sum());
      assertEquals(slope, thrice.backward().of(standIn).item(), 1e-12);

      assertFalse(Autodiff.withoutGradient(() -> captured.of(() -> w, x)).isTracked());
    }
    assertFalse(captured.of(() -> Tensor.of(5.0), Tensor.of(3.0)).isTracked());
  }
}
