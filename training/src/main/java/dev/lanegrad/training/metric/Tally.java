package dev.lanegrad.training.metric;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.optim.Stateful;

/** What a {@link Metric} has seen so far. */
public interface Tally extends Stateful {
  /**
   * Counts a batch.
   *
   * @param output what a model gave
   * @param target what would have been right
   * @throws dev.lanegrad.autodiff.ShapeException if shapes do not fit, or a label is no class
   * @throws IllegalArgumentException if a number is NaN where numbers are compared
   */
  void add(Tensor output, Tensor target);

  /** The metric of all that was added; NaN before there is any example. */
  double value();

  /** What the value is made of, such as one number for each class; the value itself if nothing. */
  default Tensor details() {
    return Tensor.scalar(DType.FLOAT64, value());
  }
}
