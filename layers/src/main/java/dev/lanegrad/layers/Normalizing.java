package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.internal.op.Moments;
import dev.lanegrad.autodiff.op.Elementwise;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** (x - mean) / sqrt(variance + eps) weight + bias: what normalising layers have in common. */
final class Normalizing {
  /** PyTorch's defaults of batch normalisation. */
  static final double BATCH_EPS = 1e-5;

  static final double BATCH_MOMENTUM = 0.1;

  private static final List<String> BEHIND_CHANNELS = List.of("", ", length", ", height, width");

  private static final Formula X = Formula.input(0);
  private static final Formula MEAN = Formula.input(1);
  private static final Formula NORMAL = X.sub(MEAN).mul(Formula.input(2).rsqrt());
  private static final Formula SCALED = NORMAL.mul(Formula.input(3));
  private static final Elementwise NORMALIZE = Elementwise.of(NORMAL);
  private static final Elementwise SCALE = Elementwise.of(SCALED);
  private static final Elementwise SCALE_AND_SHIFT = Elementwise.of(SCALED.add(Formula.input(4)));

  private static final Formula SUM = Formula.input(0);
  private static final Formula COUNT = Formula.input(1);
  private static final Formula EPS = Formula.input(2);
  private static final Formula FACTOR = Formula.input(3);
  private static final Elementwise DENOMINATOR =
      Elementwise.of(SUM.div(COUNT).add(EPS.mul(FACTOR).mul(FACTOR)));

  /**
   * What an input is normalised by; mean and denominator are of shapes that broadcast.
   *
   * @param x the input, or times a factor and shifted as {@link Moments} says
   * @param mean of that
   * @param denominator the variance of that plus eps times the square of the factor
   */
  record Centred(Tensor x, Tensor mean, Tensor denominator) {}

  private Normalizing() {}

  /** With the moments along axes, which stay with length 1. */
  static Centred centred(Tensor x, double eps, int... axes) {
    return centred(moments(x, eps, axes), count(x, axes), eps);
  }

  /** Where eps covers variances that vanish, nothing is done about them. */
  static List<Tensor> moments(Tensor x, double eps, int... axes) {
    return new Moments(axes, eps == 0).apply(List.of(x));
  }

  /** With what {@link Moments} gave. */
  static Centred centred(List<Tensor> moments, int count, double eps) {
    Tensor denominator = denominator(moments.get(2), count, eps, moments.get(3));
    return new Centred(moments.get(0), moments.get(1), denominator);
  }

  /** How many elements are normalised together. */
  static int count(Tensor x, int... axes) {
    int count = 1;
    for (int axis : axes) {
      count *= x.shape().dim(axis);
    }
    return count;
  }

  /** sum / count + factor^2 eps. */
  static Tensor denominator(Tensor sum, int count, double eps, Tensor factor) {
    return DENOMINATOR.applyTo(
        sum, Tensor.scalar(sum.dtype(), count), Tensor.scalar(sum.dtype(), eps), factor.detach());
  }

  /** The formula; weight and bias broadcast with x. */
  static Tensor apply(Centred input, @Nullable Tensor weight, @Nullable Tensor bias) {
    if (weight == null) {
      return NORMALIZE.applyTo(input.x, input.mean, input.denominator);
    }
    return bias == null
        ? SCALE.applyTo(input.x, input.mean, input.denominator, weight)
        : SCALE_AND_SHIFT.applyTo(input.x, input.mean, input.denominator, weight, bias);
  }

  /**
   * {@link BatchNorm} of an input along all dimensions but the channels.
   *
   * @param ranks that an input may have, in order
   */
  static Tensor batch(String layer, BatchNorm<?> norm, Tensor x, int... ranks) {
    int channels = norm.channels();
    if (Arrays.binarySearch(ranks, x.rank()) < 0 || x.shape().dim(1) != channels) {
      throw new ShapeException(
          "%s: takes %s, not %s".formatted(layer, taken(channels, ranks), x.shape()));
    }
    int[] axes = new int[x.rank() - 1];
    int[] aligned = new int[x.rank() - 1];
    Arrays.setAll(axes, i -> i == 0 ? 0 : i + 1);
    Arrays.setAll(aligned, i -> i == 0 ? channels : 1);
    return apply(
        norm.mode().isTraining()
            ? norm.running().ofBatch(layer, x, axes, norm.eps(), norm.momentum())
            : norm.running().ofAll(x, norm.eps(), aligned),
        aligned(norm.weight(), aligned),
        aligned(norm.bias(), aligned));
  }

  private static String taken(int channels, int... ranks) {
    return Arrays.stream(ranks)
        .mapToObj(rank -> "[n, " + channels + BEHIND_CHANNELS.get(rank - 2) + "]")
        .collect(Collectors.joining(" or "));
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

  /**
   * {@link #check} of a batch normalisation.
   *
   * @throws ShapeException if shapes do not fit
   * @throws IllegalArgumentException if eps is negative or not finite, or the momentum not in [0,
   *     1]
   */
  static void checkBatch(
      String layer,
      @Nullable Parameter weight,
      @Nullable Parameter bias,
      RunningMoments running,
      double eps,
      double momentum,
      Mode mode) {
    Require.present(layer, "running", running);
    Require.present(layer, "mode", mode);
    Shape channels = running.mean().shape();
    check(layer, channels, weight, bias, eps);
    check(layer, channels, running.variance(), null, eps);
    Require.part(layer, "momentum", momentum);
  }

  private static String describe(@Nullable Parameter parameter) {
    return parameter == null ? "none" : parameter.shape().toString();
  }
}
