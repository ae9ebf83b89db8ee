package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Fold;
import dev.lanegrad.autodiff.op.Update;
import java.util.List;

/** The operations of normalising layers, called one by one. */
final class NormByHand {
  private static final double EPS = 1e-5;
  private static final double MOMENTUM = 0.1;

  private static final Formula X = Formula.input(0);
  private static final Formula ERROR = X.sub(Formula.input(1));
  private static final Elementwise NORMALIZE =
      Elementwise.of(
          ERROR
              .mul(Formula.input(2).add(Formula.input(3)).rsqrt())
              .mul(Formula.input(4))
              .add(Formula.input(5)));

  private static final Elementwise UPDATE =
      Elementwise.of(
          moved(X, Formula.input(2)),
          moved(Formula.input(1), Formula.input(3).mul(Formula.input(5))));

  private static Formula moved(Formula running, Formula batch) {
    return running.add(Formula.input(4).mul(batch.sub(running)));
  }

  private final int[] axes;
  private final int[] aligned;
  private final Tensor weight;
  private final Tensor bias;

  NormByHand(int[] axes, int[] aligned, Tensor weight, Tensor bias) {
    this.axes = axes;
    this.aligned = aligned;
    this.weight = weight;
    this.bias = bias;
  }

  private Tensor mean(Tensor x) {
    return x.meanKeeping(axes);
  }

  private Tensor variance(Tensor x, Tensor mean) {
    Tensor sum = new Fold(Reduction.SUM, ERROR.square(), axes, true).applyTo(x, mean);
    int count = x.size() / mean.size();
    return sum.div(count);
  }

  private Tensor normalized(Tensor x, Tensor mean, Tensor variance) {
    return NORMALIZE.applyTo(
        x,
        mean,
        variance,
        Tensor.scalar(x.dtype(), EPS),
        weight.reshape(aligned),
        bias.reshape(aligned));
  }

  /** Without anything that runs along. */
  Tensor apply(Tensor x) {
    Tensor mean = mean(x);
    return normalized(x, mean, variance(x, mean));
  }

  /** With a mean and a variance that run along. */
  Tensor apply(Tensor x, Parameter runningMean, Parameter runningVariance) {
    Tensor mean = mean(x);
    Tensor variance = variance(x, mean);
    int channels = mean.size();
    double count = (double) x.size() / channels;
    Update update = new Update(UPDATE, List.of(runningMean, runningVariance));
    update.apply(
        mean.detach().reshape(channels),
        variance.detach().reshape(channels),
        Tensor.scalar(DType.FLOAT32, MOMENTUM),
        Tensor.scalar(DType.FLOAT32, count / (count - 1)));
    return normalized(x, mean, variance);
  }
}
