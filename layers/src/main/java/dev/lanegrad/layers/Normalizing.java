package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Fold;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** (x - mean) / sqrt(variance + eps) weight + bias: what normalising layers have in common. */
final class Normalizing {
  private static final Formula X = Formula.input(0);
  private static final Formula MEAN = Formula.input(1);
  private static final Formula SQUARED_ERROR = X.sub(MEAN).square();
  private static final Formula NORMAL =
      X.sub(MEAN).mul(Formula.input(2).add(Formula.input(3)).rsqrt());
  private static final Formula SCALED = NORMAL.mul(Formula.input(4));
  private static final Elementwise NORMALIZE = Elementwise.of(NORMAL);
  private static final Elementwise SCALE = Elementwise.of(SCALED);
  private static final Elementwise SCALE_AND_SHIFT = Elementwise.of(SCALED.add(Formula.input(5)));

  /**
   * Mean and mean squared difference from it, of shapes that broadcast.
   *
   * @param count of how many elements each is
   */
  record Moments(Tensor mean, Tensor variance, int count) {}

  private Normalizing() {}

  /** The moments along axes, which stay with length 1. */
  static Moments moments(Tensor x, int... axes) {
    Tensor mean = x.meanKeeping(axes);
    int count = x.size() / Math.max(mean.size(), 1);
    Tensor sum = new Fold(Reduction.SUM, SQUARED_ERROR, axes, true).applyTo(x, mean);
    return new Moments(mean, sum.div(count), count);
  }

  /** The formula; weight and bias broadcast with x. */
  static Tensor apply(
      Tensor x, Moments moments, double eps, @Nullable Tensor weight, @Nullable Tensor bias) {
    Tensor small = Tensor.scalar(x.dtype(), eps);
    if (weight == null) {
      return NORMALIZE.applyTo(x, moments.mean, moments.variance, small);
    }
    return bias == null
        ? SCALE.applyTo(x, moments.mean, moments.variance, small, weight)
        : SCALE_AND_SHIFT.applyTo(x, moments.mean, moments.variance, small, weight, bias);
  }

  /** A parameter in a shape that broadcasts with the input. */
  static @Nullable Tensor aligned(@Nullable Parameter parameter, int... shape) {
    return parameter == null ? null : parameter.tensor().reshape(shape);
  }

  static Parameter ones(DType dtype, int... shape) {
    return Parameter.of("weight", Tensor.ones(dtype, shape));
  }

  static Parameter zeros(DType dtype, int... shape) {
    return Parameter.of("bias", Tensor.zeros(dtype, shape));
  }

  /** Those of weight and bias that there are. */
  static List<Parameter> parameters(@Nullable Parameter weight, @Nullable Parameter bias) {
    if (weight == null) {
      return List.of();
    }
    return bias == null ? List.of(weight) : List.of(weight, bias);
  }

  /**
   * Checks what a layer is made of.
   *
   * @throws ShapeException if a length is less than 1 or there is none, weight or bias have another
   *     shape, or there is a bias alone
   * @throws IllegalArgumentException if eps is negative or not finite
   */
  static void check(
      String layer, Shape shape, @Nullable Parameter weight, @Nullable Parameter bias, double eps) {
    boolean fits =
        weight == null
            ? bias == null
            : weight.shape().equals(shape) && (bias == null || bias.shape().equals(shape));
    Require.lengths(layer, "dimensions to normalise", shape.toArray());
    if (!fits) {
      throw new ShapeException(
          "%s: takes a weight %s and a bias of the same shape, not %s and %s"
              .formatted(layer, shape, describe(weight), describe(bias)));
    }
    Require.oneDtype(layer, weight, bias);
    Require.notNegative(layer, "eps", eps);
  }

  private static String describe(@Nullable Parameter parameter) {
    return parameter == null ? "none" : parameter.shape().toString();
  }
}
