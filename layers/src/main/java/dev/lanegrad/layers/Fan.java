package dev.lanegrad.layers;

import dev.lanegrad.autodiff.ShapeException;
import java.util.Arrays;
import java.util.Locale;

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
   * @throws ShapeException if it has less than two dimensions, one is negative, or the fan is too
   *     large for an int
   */
  public int of(int... shape) {
    if (shape.length < 2 || Arrays.stream(shape).anyMatch(length -> length < 0)) {
      throw new ShapeException(
          "initializer: only a weight [out, in, ..] has a fan, not shape "
              + Arrays.toString(shape));
    }
    long fan = shape[axis];
    for (int i = 2; i < shape.length; i++) {
      fan = Math.min(fan * shape[i], Integer.MAX_VALUE + 1L);
    }
    if (fan > Integer.MAX_VALUE) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "initializer: the fan of shape %s is more than %,d",
              Arrays.toString(shape),
              Integer.MAX_VALUE));
    }
    return (int) fan;
  }
}
