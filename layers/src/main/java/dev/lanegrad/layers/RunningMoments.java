package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Update;
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
  private static final Formula MEAN = Formula.input(2);
  private static final Formula SQUARES = Formula.input(3);
  private static final Formula MOMENTUM = Formula.input(4);
  private static final Formula UNBIASED = SQUARES.div(Formula.input(5)).mul(Formula.input(6));
  private static final Elementwise MOVED =
      Elementwise.of(moved(RUNNING_MEAN, MEAN), moved(RUNNING_VARIANCE, UNBIASED));
  private static final Elementwise PLUS = Elementwise.of(RUNNING_MEAN.add(Formula.input(1)));

  private static Formula moved(Formula running, Formula batch) {
    return running.add(MOMENTUM.mul(batch.sub(running)));
  }

  /**
   * Moments so far.
   *
   * @throws ShapeException if they are not two vectors of one length
   * @throws DTypeException if they have not one dtype
   */
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

  /** What evaluation normalises by: the moments so far, in a shape. */
  Normalizing.Centred ofAll(Tensor x, double eps, int[] aligned) {
    Tensor small = Tensor.scalar(x.dtype(), eps);
    Tensor denominator = PLUS.applyTo(variance.tensor(), small);
    return new Normalizing.Centred(x, mean.tensor().reshape(aligned), denominator.reshape(aligned));
  }

  /** What training normalises by: the moments of a batch, which then count here. */
  Normalizing.Centred ofBatch(String layer, Tensor x, int[] axes, double eps, double momentum) {
    if (x.size() <= mean.size()) {
      throw new ShapeException(
          "%s: in training a channel needs more than one element: %s".formatted(layer, x.shape()));
    }
    List<Tensor> batch = Normalizing.moments(x, eps, axes);
    int count = Normalizing.count(x, axes);
    update(batch, count, momentum);
    return Normalizing.centred(batch, count, eps);
  }

  private void update(List<Tensor> batch, int count, double momentum) {
    DType dtype = mean.dtype();
    Update update = new Update(MOVED, List.of(mean, variance));
    update.apply(
        batch.get(4).detach().reshape(mean.size()),
        batch.get(5).detach().reshape(mean.size()),
        Tensor.scalar(dtype, momentum),
        Tensor.scalar(dtype, count),
        Tensor.scalar(dtype, count / (count - 1.0)));
  }
}
