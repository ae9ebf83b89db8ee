package dev.lanegrad.training;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;

/**
 * Examples that are used together.
 *
 * @param x inputs, of shape [n, ..]
 * @param y labels or targets, of shape [n, ..]
 */
public record Batch(Tensor x, Tensor y) {
  /**
   * Checks that there are as many inputs as labels.
   *
   * @throws ShapeException if there are not
   */
  public Batch {
    checkExamples("batch", x.shape(), y.shape());
  }

  static void checkExamples(String name, Shape x, Shape y) {
    if (x.rank() == 0 || y.rank() == 0 || x.dim(0) != y.dim(0)) {
      throw new ShapeException(
          "%s: takes x [n, ..] and y [n, ..], not %s and %s".formatted(name, x, y));
    }
  }

  /** The number of examples. */
  public int size() {
    return x.shape().dim(0);
  }
}
