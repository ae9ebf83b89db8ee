package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.random.RandomGenerator;

/**
 * The numbers that a parameter starts from.
 *
 * <p>A weight of shape [out, in, ..] has the fan-in in k and the fan-out out k, where k is the
 * product of the remaining dimensions (1 for a matrix, the kernel's size for a convolution).
 */
@FunctionalInterface
public interface Initializer {
  /** New numbers of a shape. */
  Tensor create(RandomGenerator random, DType dtype, int... shape);

  /** Zeros. */
  static Initializer zeros() {
    return constant(0);
  }

  /** Ones. */
  static Initializer ones() {
    return constant(1);
  }

  /** One number repeated. */
  static Initializer constant(double value) {
    return (random, dtype, shape) -> Tensor.full(dtype, value, shape);
  }

  /** Uniform from {@code low} to {@code high}. */
  static Initializer uniform(double low, double high) {
    return (random, dtype, shape) -> Tensor.uniform(random, dtype, low, high, shape);
  }

  /** Normal with a mean and a standard deviation. */
  static Initializer normal(double mean, double deviation) {
    return (random, dtype, shape) -> Tensor.normal(random, dtype, shape).mul(deviation).add(mean);
  }

  /**
   * Uniform between -r and r with r = sqrt(6 / ((1 + slope^2) fan-in)): keeps the variance of what
   * passes forward through a leaky ReLU of that slope, a ReLU for slope 0.
   *
   * <p>Source: He, Zhang, Ren and Sun, "Delving deep into rectifiers", 2015, <a
   * href="https://arxiv.org/abs/1502.01852">arXiv:1502.01852</a>.
   */
  static Initializer kaimingUniform(double slope) {
    return (random, dtype, shape) -> {
      double range = Math.sqrt(6 / ((1 + slope * slope) * fanIn(shape)));
      return Tensor.uniform(random, dtype, -range, range, shape);
    };
  }

  /**
   * Normal with mean 0 and standard deviation sqrt(2 / ((1 + slope^2) fan-in)); source and purpose
   * as of {@link #kaimingUniform}.
   */
  static Initializer kaimingNormal(double slope) {
    return (random, dtype, shape) -> {
      double deviation = Math.sqrt(2 / ((1 + slope * slope) * fanIn(shape)));
      return normal(0, deviation).create(random, dtype, shape);
    };
  }

  /**
   * Uniform between -r and r with r = gain sqrt(6 / (fan-in + fan-out)): keeps the variance of what
   * passes forward and of the gradients at about the same size.
   *
   * <p>Source: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural
   * networks", AISTATS 2010, <a href="https://proceedings.mlr.press/v9/glorot10a.html">PMLR
   * 9:249-256</a>.
   */
  static Initializer xavierUniform(double gain) {
    return (random, dtype, shape) -> {
      double range = gain * Math.sqrt(6.0 / (fanIn(shape) + fanOut(shape)));
      return Tensor.uniform(random, dtype, -range, range, shape);
    };
  }

  /**
   * Normal with mean 0 and standard deviation gain sqrt(2 / (fan-in + fan-out)); source and purpose
   * as of {@link #xavierUniform}.
   */
  static Initializer xavierNormal(double gain) {
    return (random, dtype, shape) -> {
      double deviation = gain * Math.sqrt(2.0 / (fanIn(shape) + fanOut(shape)));
      return normal(0, deviation).create(random, dtype, shape);
    };
  }

  private static int fanIn(int[] shape) {
    return fan(shape, 1);
  }

  private static int fanOut(int[] shape) {
    return fan(shape, 0);
  }

  private static int fan(int[] shape, int axis) {
    if (shape.length < 2) {
      throw new ShapeException(
          "initializer: only a weight [out, in, ..] has a fan, not shape " + Shape.of(shape));
    }
    int fan = shape[axis];
    for (int i = 2; i < shape.length; i++) {
      fan *= shape[i];
    }
    return fan;
  }
}
