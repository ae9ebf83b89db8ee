package dev.lanegrad.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Op;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is recorded, and what the reverse pass makes of it. */
class GraphTest {
  private static Tensor leaf(double... values) {
    return Tensor.of(values).requiresGrad();
  }

  private static double[] numbers(Tensor tensor) {
    return tensor.toDoubleArray();
  }

  private static void assertNumbers(Tensor actual, double... expected) {
    assertArrayEquals(expected, numbers(actual));
  }

  private static String refused(Class<? extends LanegradException> type, Runnable call) {
    return assertThrows(type, call::run).getMessage();
  }

  @Test
  void chainOf200000Operations() {
    Tensor x = leaf(1.5);
    Tensor y = x;
    for (int i = 0; i < 100_000; i++) {
      y = y.mul(i % 2 == 0 ? 2 : 0.5).add(1e-6);
    }
    Tensor gradient = y.sum().backward().of(x);
    assertNumbers(gradient, 1);
  }

  @Test
  void diamondOfDepth60() {
    Tensor x = leaf(3);
    Tensor doubled = x;
    Tensor halved = x;
    for (int i = 0; i < 60; i++) {
      doubled = doubled.add(doubled);
      halved = halved.mul(0.5).add(halved.mul(0.5));
    }
    assertNumbers(doubled.backward().of(x), 0x1p60);
    assertNumbers(halved.backward().of(x), 1);
  }

  @Test
  void gradientsOfALeafUsedTwiceAreAdded() {
    Tensor x = leaf(2, -1);
    Gradients gradients = x.mul(x).add(x).sum().backward();
    assertNumbers(gradients.of(x), 5, -1);
  }

  @Test
  void scalarThatIsALeafHasGradientOne() {
    Tensor x = Tensor.scalar(DType.FLOAT64, 4).requiresGrad();
    assertEquals(1, x.backward().of(x).item());
  }

  @Test
  void nonScalarsNeedASeedOfTheirShape() {
    Tensor x = leaf(1, 2);
    Tensor y = x.square();
    assertNumbers(y.backward(Tensor.of(1.0, 10)).of(x), 2, 40);
    assertTrue(
        refused(GradientException.class, () -> y.backward())
            .startsWith("backward: shape [2] is not a scalar"));
    assertEquals(
        "backward: output is float64[2], seed is float64[3]",
        refused(GradientException.class, () -> y.backward(Tensor.of(1.0, 2, 3))));
    assertEquals(
        "backward: output is float64[2], seed is float32[2]",
        refused(GradientException.class, () -> y.backward(Tensor.of(1f, 2))));
    assertEquals(
        "vjp: the result is float64[2], the seed is float64[]",
        refused(
            GradientException.class,
            () -> Autodiff.vjp(List::getFirst, List.of(x), Tensor.scalar(DType.FLOAT64, 1))));
    assertTrue(
        refused(GradientException.class, () -> Autodiff.grad(t -> t.getFirst().mul(2), List.of(x)))
            .startsWith("grad: the function's result has shape [2]"));
  }

  @Test
  void untrackedTensorsHaveNoGradient() {
    Tensor x = Tensor.of(1.0);
    assertEquals(
        "backward: float64[1] depends on no tensor that requiresGrad()",
        refused(GradientException.class, () -> x.mul(2).backward()));
    Tensor tracked = leaf(1);
    Gradients gradients = tracked.mul(2).backward();
    assertTrue(
        refused(GradientException.class, () -> gradients.of(x))
            .startsWith("gradients of float64[1]: not a leaf"));
    assertTrue(
        refused(GradientException.class, () -> gradients.of(tracked.mul(2)))
            .contains("not a leaf"));
    assertTrue(
        refused(DTypeException.class, () -> Tensor.ofInts(1).requiresGrad()).contains("int32"));
  }

  @Test
  void aGradientThatMustBeThereIsAskedForByRequire() {
    Tensor x = Tensor.of(1.0, 2.0).requiresGrad();
    Tensor other = Tensor.of(3.0).requiresGrad();
    Gradients gradients = x.square().sum().backward();
    assertArrayEquals(new double[] {2, 4}, gradients.require(x).toDoubleArray());
    assertEquals(
        "gradients of float64[1]: the output does not depend on this tensor",
        refused(GradientException.class, () -> gradients.require(other)));
  }

  @Test
  void leavesThatAreNotReachedHaveZeros() {
    Tensor x = leaf(1, 2);
    Tensor other = Tensor.zeros(DType.FLOAT64, 2, 3).requiresGrad();
    Gradients gradients = x.sum().add(other.detach().sum()).backward();
    assertEquals(Shape.of(2, 3), gradients.of(other).shape());
    assertNumbers(gradients.of(other), new double[6]);
    assertTrue(gradients.contains(x));
    assertFalse(gradients.contains(other));
    List<Tensor> both = Autodiff.grad(t -> t.get(0).sum(), List.of(Tensor.of(1.0), other));
    assertNumbers(both.get(1), new double[6]);
    assertNumbers(Autodiff.grad(t -> Tensor.scalar(DType.FLOAT64, 1)).apply(x), 0, 0);
  }

  @Test
  void eachOutputOfAnOperationPassesItsGradientOn() {
    Elementwise op = Elementwise.of(Formula.input(0).square(), Formula.input(0).mul(3));
    Tensor x = leaf(2, 5);
    List<Tensor> y = op.apply(List.of(x));
    assertNumbers(y.get(0).sum().backward().of(x), 4, 10);
    assertNumbers(y.get(1).sum().backward().of(x), 3, 3);
    assertNumbers(y.get(0).add(y.get(1)).sum().backward().of(x), 7, 13);
    Tensor sorted = x.sort(0, true).values().mul(Tensor.of(1.0, 100));
    assertNumbers(sorted.sum().backward().of(x), 100, 1);
  }

  @Test
  void gradientsOfIntermediateTensors() {
    Tensor x = leaf(2, 3);
    Tensor square = x.square();
    Tensor loss = square.mul(square).sum();
    List<Tensor> gradients = Autodiff.gradients(loss, square, x);
    assertNumbers(gradients.get(0), 8, 18);
    assertNumbers(gradients.get(1), 32, 108);
  }

  @Test
  void withoutGradientRecordsNothing() {
    Tensor x = leaf(2);
    Tensor y = Autodiff.withoutGradient(() -> x.mul(3));
    assertFalse(y.isTracked());
    assertTrue(x.mul(3).isTracked());
    assertNumbers(Autodiff.stopGradient(x.mul(3)).mul(x).backward().of(x), 6);
    Autodiff.withoutGradient(() -> assertFalse(x.add(1).isTracked()));
  }

  @Test
  void gradWorksWhereNothingIsRecorded() {
    Tensor constant = Tensor.of(2.0, 3);
    Function<Tensor, Tensor> cube = t -> t.mul(t).mul(t).sum();
    for (Tensor x : List.of(constant, constant.requiresGrad())) {
      Tensor gradient = Autodiff.withoutGradient(() -> Autodiff.grad(cube::apply).apply(x));
      assertNumbers(gradient, 12, 27);
      assertFalse(gradient.isTracked());
      Tensor hessian = Autodiff.withoutGradient(() -> Autodiff.hessian(cube::apply, x));
      assertNumbers(hessian, 12, 0, 0, 18);
    }
  }

  @Test
  void gradientsAreRecordedOnlyForHigherOrders() {
    Tensor x = Tensor.of(2.0, 3);
    assertFalse(Autodiff.grad(t -> t.square().sum()).apply(x).isTracked());
    assertTrue(Autodiff.grad(t -> t.square().sum()).apply(x.requiresGrad()).isTracked());
    Tensor leaf = x.requiresGrad();
    assertFalse(leaf.square().sum().backward().of(leaf).isTracked());
  }

  @Test
  void gradientsCanBeAddedScaledAndMeasured() {
    Tensor x = leaf(1, 2);
    Tensor y = leaf(3);
    Gradients first = x.square().sum().backward();
    Gradients second = x.sum().add(y.sum()).backward();
    Gradients sum = first.add(second);
    assertNumbers(sum.of(x), 3, 5);
    assertNumbers(sum.of(y), 1);
    assertNumbers(first.of(x), 2, 4);
    assertNumbers(sum.scale(0.5).of(x), 1.5, 2.5);
    assertNumbers(sum.map(g -> g.neg()).of(y), -1);
    assertEquals(Math.sqrt(9 + 25 + 1), sum.norm(), 1e-15);
  }

  @Test
  void oneGraphServesSeveralThreads() throws Exception {
    Tensor x = Tensor.arange(DType.FLOAT64, 0, 1_000, 1).requiresGrad();
    Tensor loss = x.mul(0.01).sin().mul(x).logSoftmax(0).square().sum();
    double[] alone = numbers(loss.backward().of(x));
    Callable<double[]> pass = () -> numbers(loss.backward().of(x));
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (Future<double[]> together : threads.invokeAll(List.of(pass, pass, pass, pass))) {
        assertArrayEquals(alone, together.get());
      }
    }
  }

  /** The identity with a reverse rule of any kind. */
  private record Copy(Function<Tensor, List<@Nullable Tensor>> rule) implements Op {
    @Override
    public String name() {
      return "copy";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
      TensorType x = inputs.getFirst();
      return List.of(new TensorType(x.dtype(), x.shape()));
    }

    @Override
    public List<Tensor> forward(Call call) {
      return List.of(call.input(0));
    }

    @Override
    public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
      return rule.apply(gradients.getFirst());
    }
  }

  @Test
  void wrongReverseRulesAreReported() {
    Tensor x = leaf(1, 2);
    Op shape = new Copy(g -> List.of(Tensor.of(1.0)));
    assertEquals(
        "copy: the reverse rule gave input 0 of float64[2] a gradient of float64[1]",
        refused(GradientException.class, () -> shape.applyTo(x).sum().backward()));
    Op dtype = new Copy(g -> List.of(g.cast(DType.FLOAT32)));
    assertTrue(
        refused(GradientException.class, () -> dtype.applyTo(x).sum().backward())
            .endsWith("gradient of float32[2]"));
    Op count = new Copy(g -> List.of(g, g));
    assertEquals(
        "copy: the reverse rule gave 2 gradients for 1 inputs",
        refused(GradientException.class, () -> count.applyTo(x).sum().backward()));
    Op failing = new Copy(g -> List.of(g.matmul(Tensor.of(1.0, 2, 3))));
    assertTrue(
        refused(GradientException.class, () -> failing.applyTo(x).sum().backward())
            .startsWith("the reverse rule of copy failed: matmul: inner dimensions differ"));
    Op none = new Copy(g -> Arrays.asList((Tensor) null));
    assertNumbers(none.applyTo(x).add(x).sum().backward().of(x), 1, 1);
  }

  @Test
  void firstNaNOrInfinityIsNamedOnRequest() {
    Tensor x = leaf(0, 1);
    assertTrue(
        refused(AnomalyException.class, () -> Autodiff.detectAnomaly(() -> x.log().exp().sum()))
            .startsWith("log gave -Infinity in its result of shape [2]"));
    String reverse =
        refused(
            AnomalyException.class, () -> Autodiff.detectAnomaly(() -> x.sqrt().sum().backward()));
    assertTrue(
        reverse.startsWith("the reverse rule of sqrt gave Infinity in the gradient of input 0"),
        reverse);
    assertEquals(1, x.exp().sum().log().exp().backward().of(x).toDoubleArray()[0], 1e-12);
  }
}
