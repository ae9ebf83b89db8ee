package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.internal.graph.Dispatch;

/**
 * The number mantissa 2^exponent, for products and scales that a double would not hold on the way.
 * Scaling by powers of two is exact.
 *
 * @param mantissa of magnitude 1 to 2, or 0, infinite or NaN
 */
record Scaled(double mantissa, int exponent) {
  static final Scaled ONE = new Scaled(1, 0);

  private static final int SUBNORMAL_SHIFT = 64;

  static Scaled of(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return new Scaled(value, 0);
    }
    int exponent = exponent(value);
    return new Scaled(Math.scalb(value, -exponent), exponent);
  }

  /** The largest e with 2^e at most |value|, which is neither 0 nor infinite. */
  private static int exponent(double value) {
    return Math.abs(value) < Double.MIN_NORMAL
        ? Math.getExponent(Math.scalb(value, SUBNORMAL_SHIFT)) - SUBNORMAL_SHIFT
        : Math.getExponent(value);
  }

  Scaled times(double factor) {
    Scaled scaled = of(factor);
    Scaled product = of(mantissa * scaled.mantissa);
    return new Scaled(product.mantissa, product.exponent + exponent + scaled.exponent);
  }

  Scaled plus(Scaled other) {
    if (isZero() || other.isZero()) {
      return isZero() ? other : this;
    }
    int larger = Math.max(exponent, other.exponent);
    double sum = shifted(-larger).value() + other.shifted(-larger).value();
    return of(sum).shifted(larger);
  }

  Scaled shifted(int by) {
    return new Scaled(mantissa, exponent + by);
  }

  double value() {
    return Math.scalb(mantissa, exponent);
  }

  boolean isZero() {
    return mantissa == 0;
  }

  /** The exponent of the largest magnitude, or 0 if all are 0 or one is infinite or NaN. */
  static int exponentOfLargest(double[] values) {
    double largest = largest(values);
    return largest == 0 || !Double.isFinite(largest) ? 0 : exponent(largest);
  }

  /** The largest magnitude; NaN if one number is. */
  static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  /** A power of two to divide a tensor by so that squares of it are in range; mostly 1. */
  static double unit(Tensor tensor) {
    return tensor.isMeta() ? 1 : Dispatch.look(tensor, Scaled::unitOf);
  }

  private static double unitOf(Tensor tensor) {
    int exponent = exponentOfLargest(tensor.toDoubleArray());
    boolean isSingle = tensor.dtype() == DType.FLOAT32;
    int inRange = isSingle ? 40 : 400;
    int largest = isSingle ? 120 : 1000;
    return Math.abs(exponent) <= inRange
        ? 1
        : Math.scalb(1.0, Math.clamp(exponent, -largest, largest));
  }

  static boolean areFinite(double[] values) {
    return Double.isFinite(largest(values));
  }
}
