package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * y = (x - mean) / sqrt(variance + eps) weight + bias, with the mean and the biased variance of
 * each example over a group of channels, and a weight and a bias for each channel.
 *
 * <p>Shapes: {@code [n, channels, ..]} gives the same.
 *
 * <p>Source: Wu and He, "Group normalization", 2018, <a
 * href="https://arxiv.org/abs/1803.08494">arXiv:1803.08494</a>.
 *
 * @param groups how many groups of equally many channels
 * @param channels how many channels
 * @param weight of shape [channels]; null for none
 * @param bias of shape [channels]; null for none
 * @param eps PyTorch's default is 1e-5
 */
public record GroupNorm(
    int groups, int channels, @Nullable Parameter weight, @Nullable Parameter bias, double eps)
    implements Layer {
  private static final double EPS = 1e-5;

  /**
   * A layer of given parameters.
   *
   * @throws ShapeException if shapes do not fit or the channels are no multiple of the groups
   * @throws DTypeException if parameters have not one dtype, float32 or float64
   * @throws IllegalArgumentException if eps is negative or not finite
   */
  public GroupNorm {
    if (groups < 1 || channels < 1 || channels % groups != 0) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "groupNorm: %d channels cannot be cut into %d groups",
              channels,
              groups));
    }
    Normalizing.check("groupNorm", Shape.of(channels), weight, bias, eps);
  }

  /** A float32 layer; the weight begins as ones, the bias as zeros. */
  public GroupNorm(int groups, int channels) {
    this(groups, channels, DType.FLOAT32);
  }

  /** A layer whose weight begins as ones and whose bias begins as zeros. */
  public GroupNorm(int groups, int channels, DType dtype) {
    this(
        groups,
        channels,
        Normalizing.ones(dtype, Require.lengths("groupNorm", dtype, "channels", channels)),
        Normalizing.zeros(dtype, channels),
        EPS);
  }

  /** The same layer with another eps. */
  public GroupNorm eps(double eps) {
    return new GroupNorm(groups, channels, weight, bias, eps);
  }

  /** The same layer without weight and bias. */
  public GroupNorm withoutParameters() {
    return new GroupNorm(groups, channels, null, null, eps);
  }

  /**
   * The normalised input.
   *
   * @throws ShapeException if it has not these channels
   */
  @Override
  public Tensor forward(Tensor x) {
    Shape shape = x.shape();
    if (shape.rank() < 2 || shape.dim(1) != channels) {
      throw new ShapeException(
          String.format(Locale.ROOT, "groupNorm: takes [n, %d, ..], not %s", channels, shape));
    }
    int each = channels / groups;
    int rest = shape.size() / Math.max(shape.dim(0) * channels, 1);
    Tensor grouped = x.reshape(shape.dim(0), groups, each, rest);
    return Normalizing.apply(
            Normalizing.centred(grouped, eps, 2, 3),
            Normalizing.aligned(weight, groups, each, 1),
            Normalizing.aligned(bias, groups, each, 1))
        .reshape(shape.toArray());
  }

  @Override
  public List<Parameter> ownParameters() {
    return Normalizing.parameters(weight, bias);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "GroupNorm[groups=%d, channels=%d]", groups, channels);
  }
}
