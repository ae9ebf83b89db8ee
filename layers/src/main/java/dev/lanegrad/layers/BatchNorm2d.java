package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@link BatchNorm} of images: y = (x - mean) / sqrt(variance + eps) weight + bias for each
 * channel.
 *
 * <p>Shapes: {@code [n, channels, height, width]} gives the same.
 *
 * @param weight of shape [channels]; null for none
 * @param bias of shape [channels]; null for none
 * @param running what evaluation uses
 * @param eps PyTorch's default is 1e-5
 * @param momentum the part of a batch in the running moments; PyTorch's default is 0.1
 * @param mode whether it trains
 */
public record BatchNorm2d(
    @Nullable Parameter weight,
    @Nullable Parameter bias,
    RunningMoments running,
    double eps,
    double momentum,
    Mode mode)
    implements BatchNorm<BatchNorm2d> {
  /**
   * A layer of given parameters.
   *
   * @throws ShapeException if shapes do not fit
   * @throws DTypeException if parameters have not one dtype, float32 or float64
   * @throws IllegalArgumentException if eps is negative or not finite, or the momentum is not from
   *     0 to 1
   */
  public BatchNorm2d {
    Normalizing.checkBatch("batchNorm2d", weight, bias, running, eps, momentum, mode);
  }

  /** A float32 layer; the weight begins as ones, the bias as zeros. */
  public BatchNorm2d(int channels) {
    this(channels, DType.FLOAT32);
  }

  /** A layer whose weight begins as ones and whose bias begins as zeros. */
  public BatchNorm2d(int channels, DType dtype) {
    this(
        Normalizing.ones(dtype, Require.lengths("batchNorm2d", dtype, "channels", channels)),
        Normalizing.zeros(dtype, channels),
        new RunningMoments(channels, dtype),
        Normalizing.BATCH_EPS,
        Normalizing.BATCH_MOMENTUM,
        new Mode());
  }

  @Override
  public BatchNorm2d eps(double eps) {
    return new BatchNorm2d(weight, bias, running, eps, momentum, mode);
  }

  @Override
  public BatchNorm2d momentum(double momentum) {
    return new BatchNorm2d(weight, bias, running, eps, momentum, mode);
  }

  @Override
  public BatchNorm2d withoutParameters() {
    return new BatchNorm2d(null, null, running, eps, momentum, mode);
  }

  /**
   * The normalised input.
   *
   * @throws ShapeException if it is not of rank 4 with these channels, or has one element a channel
   *     in training, which has no variance
   */
  @Override
  public Tensor forward(Tensor x) {
    return Normalizing.batch("batchNorm2d", this, x, 4);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "BatchNorm2d[channels=%d]", channels());
  }
}
