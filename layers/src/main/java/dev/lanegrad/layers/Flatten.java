package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;

/**
 * All dimensions after the first as one.
 *
 * <p>Shapes: {@code [n, a, b, ..] -> [n, a b ..]}.
 */
public record Flatten() implements Layer {
  /**
   * A view where the strides allow it.
   *
   * @throws ShapeException for a scalar
   */
  @Override
  public Tensor forward(Tensor x) {
    Shape shape = x.shape();
    if (shape.rank() == 0) {
      throw new ShapeException("flatten: takes a batch [n, ..], not a scalar");
    }
    int length = 1;
    for (int axis = 1; axis < shape.rank(); axis++) {
      length *= shape.dim(axis);
    }
    return x.reshape(shape.dim(0), length);
  }
}
