package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.Elementwise;
import java.util.List;

/**
 * Mean and variance of each channel over the batches seen so far, for evaluation: after each batch
 * running = (1 - momentum) running + momentum batch, where the batch's variance is the unbiased
 * one.
 *
 * @param mean of shape [channels], zeros at first
 * @param variance of shape [channels], ones at first
 */
public record RunningMoments(Parameter mean, Parameter variance) {
  private static final Formula RUNNING_MEAN = Formula.input(0);
  private static final Formula RUNNING_VARIANCE = Formula.input(1);
  private static final Formula MOMENTUM = Formula.input(4);
  private static final Formula UNBIASED = Formula.input(3).mul(Formula.input(5));
  private static final Elementwise UPDATE =
      Elementwise.of(
          RUNNING_MEAN.add(MOMENTUM.mul(Formula.input(2).sub(RUNNING_MEAN))),
          RUNNING_VARIANCE.add(MOMENTUM.mul(UNBIASED.sub(RUNNING_VARIANCE))));

  public RunningMoments {
    if (mean.shape().rank() != 1 || !mean.shape().equals(variance.shape())) {
      throw new ShapeException(
          "running moments: take a mean [channels] and a variance [channels], not %s and %s"
              .formatted(mean.shape(), variance.shape()));
    }
    Require.oneDtype("running moments", mean, variance);
  }

  /** Zeros and ones. */
  public RunningMoments(int channels, DType dtype) {
    this(
        Parameter.buffer(
            "running_mean",
            Tensor.zeros(dtype, Require.lengths("running moments", dtype, "channels", channels))),
        Parameter.buffer("running_var", Tensor.ones(dtype, channels)));
  }

  /** Those of the batch, which then count here, or in evaluation these, in a shape. */
  Normalizing.Moments of(
      String layer, Tensor x, int[] axes, int[] aligned, boolean training, double momentum) {
    if (!training) {
      return new Normalizing.Moments(
          mean.tensor().reshape(aligned), variance.tensor().reshape(aligned), 1);
    }
    if (x.size() <= mean.size()) {
      throw new ShapeException(
          "%s: in training a channel needs more than one element: %s".formatted(layer, x.shape()));
    }
    Normalizing.Moments batch = Normalizing.moments(x, axes);
    update(batch, momentum);
    return batch;
  }

  private void update(Normalizing.Moments batch, double momentum) {
    DType dtype = mean.dtype();
    UPDATE.update(
        List.of(mean, variance),
        mean.tensor(),
        variance.tensor(),
        batch.mean().detach().reshape(mean.size()),
        batch.variance().detach().reshape(mean.size()),
        Tensor.scalar(dtype, momentum),
        Tensor.scalar(dtype, batch.count() / (batch.count() - 1.0)));
  }
}
