package dev.lanegrad.examples.guide;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.LinearAlgebra;
import dev.lanegrad.autodiff.RandomKey;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.check.GradientCheck;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.Elementwise;

/** The README's and the Javadoc's samples of functions; the test runs each. */
final class FunctionSample {
  private FunctionSample() {}

  static Tensor ownFunction(Tensor x, Tensor y) {
    Elementwise swish = Elementwise.of(v -> v.mul(v.sigmoid()));
    Elementwise blend = Elementwise.of((a, b) -> a.greater(0).where(a.mul(b), b.neg()));
    Tensor z = blend.applyTo(swish.applyTo(x), y); // two SIMD passes, differentiable to every order
    return z;
  }

  static void checks() {
    Elementwise swish = Elementwise.of(v -> v.mul(v.sigmoid()));
    Tensor x = new RandomKey(1).normal(DType.FLOAT64, 3, 4);
    GradientCheck.of(swish).order(2).verify(x);
    GradientCheck.of((Tensor v) -> v.softmax(1).log().sum(0)).verify(x);
  }

  static Tensor newtonStep() {
    Tensor start = Tensor.of(-1.2, 1.0);
    Tensor slope = Autodiff.grad(FunctionSample::rosenbrock).apply(start);
    Tensor curvature = Autodiff.hessian(FunctionSample::rosenbrock, start);
    Tensor next = start.sub(LinearAlgebra.solve(curvature, slope));
    return next;
  }

  private static Tensor rosenbrock(Tensor p) {
    Tensor x = p.select(0, 0);
    Tensor y = p.select(0, 1);
    return x.sub(1).square().add(y.sub(x.square()).square().mul(100));
  }

  static Tensor elementwise(Tensor x) {
    Elementwise swish = Elementwise.of(v -> v.mul(v.sigmoid()));
    Tensor y = swish.applyTo(x);
    return y;
  }

  /** The root where there is one. */
  static Tensor guarded(Tensor x) {
    Tensor zero = Tensor.of(0.0);
    Tensor one = Tensor.of(1.0);
    Tensor positive = x.greater(zero);
    return positive.where(positive.where(x, one).sqrt(), zero);
  }

  static Formula swish() {
    Formula x = Formula.input(0);
    Formula swish = x.mul(x.sigmoid());
    Formula slope = swish.derivative(0);
    return slope == Formula.ZERO ? slope : swish;
  }

  static void gradientCheck() {
    Elementwise swish = Elementwise.of(v -> v.mul(v.sigmoid()));
    GradientCheck.of(swish).order(2).verify(Tensor.of(-1.5, 0.0, 0.7));
  }

  /** What a product would be. */
  static TensorType types() {
    Tensor batch = Tensor.meta(DType.FLOAT32, 100, 40);
    Tensor weight = Tensor.meta(DType.FLOAT32, 40, 10);
    TensorType outputs = batch.matmul(weight).relu().type(); // float32[100, 10]
    return outputs;
  }

  /** What a graph keeps. */
  static long kept(Tensor loss) {
    long bytes = Autodiff.keptBytes(loss);
    return bytes;
  }

  /** What is kept after a scope. */
  static long recycled(Tensor x) {
    Autodiff.tidy(() -> x.exp().sum().item());
    long kept = Autodiff.recycledBytes(); // what x.exp() and the sum took
    return kept;
  }
}
