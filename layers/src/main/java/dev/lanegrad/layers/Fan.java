package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;

/**
 * How many numbers meet in a weight: one of shape [out, in, ..] has the fan-in in k and the fan-out
 * out k, where k is the product of the remaining dimensions (1 for a matrix, the kernel's size for
 * a convolution).
 */
public enum Fan {
  /** Of how many inputs an output is the sum. */
  IN(1),
  /** To how many outputs an input is added. */
  OUT(0);

  private final int axis;

  Fan(int axis) {
    this.axis = axis;
  }

  /**
   * The fan of a weight's shape.
   *
   * @throws ShapeException if it has less than two dimensions, or is of too many elements
   */
  public int of(int... shape) {
    if (Shape.of(shape).rank() < 2) {
      throw new ShapeException(
          "initializer: only a weight [out, in, ..] has a fan, not shape " + Shape.of(shape));
    }
    int fan = shape[axis];
    for (int i = 2; i < shape.length; i++) {
      fan *= shape[i];
    }
    return fan;
  }
}
