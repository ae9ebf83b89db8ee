package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.internal.types.Checks;

/**
 * One axis of row-major elements taken as [outer, length, inner]: line i, from 0 to outer * inner -
 * 1, has element k at {@link #index}.
 */
record Axis(int outer, int length, int inner) {
  static Axis of(Shape shape, int axis) {
    int outer = 1;
    int inner = 1;
    for (int i = 0; i < shape.rank(); i++) {
      outer *= i < axis ? shape.dim(i) : 1;
      inner *= i > axis ? shape.dim(i) : 1;
    }
    return new Axis(outer, shape.dim(axis), inner);
  }

  /** How many lines run along the axis. */
  int lines() {
    return outer * inner;
  }

  int index(int line, int k) {
    return (line / inner * length + k) * inner + line % inner;
  }

  static Shape without(Shape shape, int axis) {
    int[] dims = new int[shape.rank() - 1];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = shape.dim(i < axis ? i : i + 1);
    }
    return Shape.of(dims);
  }

  /**
   * The shape with a computed length of an axis.
   *
   * @throws ShapeException naming {@code operation} if that is too large
   */
  static Shape with(String operation, Shape shape, int axis, long length) {
    int[] dims = shape.toArray();
    long[] changed = new long[dims.length];
    for (int i = 0; i < dims.length; i++) {
      changed[i] = i == axis ? length : dims[i];
    }
    return Checks.shape(operation, changed);
  }

  static Shape with(Shape shape, int axis, int length) {
    int[] dims = shape.toArray();
    dims[axis] = length;
    return Shape.of(dims);
  }
}
