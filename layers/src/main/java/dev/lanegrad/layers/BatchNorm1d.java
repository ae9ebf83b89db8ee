package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * y = (x - mean) / sqrt(variance + eps) weight + bias for each channel: in training with the mean
 * and the biased variance of the batch, in evaluation with the {@link RunningMoments} of those
 * before.
 *
 * <p>Shapes: {@code [n, channels]} or {@code [n, channels, length]} gives the same.
 *
 * <p>Source: Ioffe and Szegedy, "Batch normalization", 2015, <a
 * href="https://arxiv.org/abs/1502.03167">arXiv:1502.03167</a>.
 *
 * @param weight of shape [channels]; null for none
 * @param bias of shape [channels]; null for none
 * @param running what evaluation uses
 * @param eps PyTorch's default is 1e-5
 * @param momentum the part of a batch in the running moments; PyTorch's default is 0.1
 * @param mode whether it trains
 */
public record BatchNorm1d(
    @Nullable Parameter weight,
    @Nullable Parameter bias,
    RunningMoments running,
    double eps,
    double momentum,
    Mode mode)
    implements Layer {
  private static final double EPS = 1e-5;
  private static final double MOMENTUM = 0.1;

  /**
   * A layer of given parameters.
   *
   * @throws ShapeException if shapes do not fit
   */
  public BatchNorm1d {
    Require.present("batchNorm1d", "running", running);
    Require.present("batchNorm1d", "mode", mode);
    Normalizing.check("batchNorm1d", running.mean().shape(), weight, bias, eps);
    Normalizing.check("batchNorm1d", running.mean().shape(), running.variance(), null, eps);
    Require.part("batchNorm1d", "momentum", momentum);
  }

  /** A float32 layer; the weight begins as ones, the bias as zeros. */
  public BatchNorm1d(int channels) {
    this(channels, DType.FLOAT32);
  }

  /** A layer whose weight begins as ones and whose bias begins as zeros. */
  public BatchNorm1d(int channels, DType dtype) {
    this(
        Normalizing.ones(dtype, Require.lengths("batchNorm1d", dtype, "channels", channels)),
        Normalizing.zeros(dtype, channels),
        new RunningMoments(channels, dtype),
        EPS,
        MOMENTUM,
        new Mode());
  }

  /** The same layer with another eps. */
  public BatchNorm1d eps(double eps) {
    return new BatchNorm1d(weight, bias, running, eps, momentum, mode);
  }

  /** The same layer with another momentum. */
  public BatchNorm1d momentum(double momentum) {
    return new BatchNorm1d(weight, bias, running, eps, momentum, mode);
  }

  /** The same layer without weight and bias. */
  public BatchNorm1d withoutParameters() {
    return new BatchNorm1d(null, null, running, eps, momentum, mode);
  }

  /** How many channels an input has. */
  public int channels() {
    return running.mean().size();
  }

  /**
   * The normalised input.
   *
   * @throws ShapeException if it is not of rank 2 or 3 with these channels, or has one element a
   *     channel in training, which has no variance
   */
  @Override
  public Tensor forward(Tensor x) {
    if (x.rank() < 2 || x.rank() > 3 || x.shape().dim(1) != channels()) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "batchNorm1d: takes [n, %d] or [n, %d, length], not %s",
              channels(),
              channels(),
              x.shape()));
    }
    int[] axes = x.rank() == 2 ? new int[] {0} : new int[] {0, 2};
    int[] aligned = x.rank() == 2 ? new int[] {channels()} : new int[] {channels(), 1};
    return Normalizing.apply(
        mode.isTraining()
            ? running.ofBatch("batchNorm1d", x, axes, eps, momentum)
            : running.ofAll(x, eps, aligned),
        Normalizing.aligned(weight, aligned),
        Normalizing.aligned(bias, aligned));
  }

  @Override
  public List<Parameter> ownParameters() {
    return Normalizing.parameters(weight, bias);
  }

  @Override
  public List<Parameter> ownBuffers() {
    return List.of(running.mean(), running.variance());
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "BatchNorm1d[channels=%d]", channels());
  }
}
