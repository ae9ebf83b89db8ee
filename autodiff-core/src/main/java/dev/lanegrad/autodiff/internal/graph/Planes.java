package dev.lanegrad.autodiff.internal.graph;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.copying.Packing;
import dev.lanegrad.autodiff.internal.kernel.copying.ShortRows;
import dev.lanegrad.autodiff.internal.memory.Runs;

/**
 * A copy by planes of two dimensions, the last one and another, in which the target's elements are
 * neighbours along the last: where the source's are neighbours along that, too, rows are copied,
 * and where they are along the other one, squares are turned. What no kernel takes goes element by
 * element.
 *
 * @param axis the other dimension
 */
record Planes(int axis, int[] dims, int[] strides, int[] targetStrides) {
  /** Rows, and columns where they are turned, that are copied before others of their plane. */
  private static final int SIDE = 64;

  /** Less than this in one direction leaves no square to turn. */
  private static final int LEAST = 8;

  /** The dimension of rows that are many and short, or -1. */
  static int ofRows(int... dims) {
    int last = dims.length - 1;
    return dims[last - 1] >= SIDE && dims[last] <= SIDE ? last - 1 : -1;
  }

  /** The dimension along which the source's elements are neighbours and the target's not, or -1. */
  static int ofSquares(int[] dims, int[] strides) {
    int last = dims.length - 1;
    for (int i = 0; i < last && strides[last] > 1 && dims[last] >= LEAST; i++) {
      if (strides[i] == 1 && dims[i] >= LEAST) {
        return i;
      }
    }
    return -1;
  }

  /** All planes, from where the first element lies to where it goes. */
  void copy(Object source, int offset, Object target, int targetOffset) {
    int last = dims.length - 1;
    int[] outer = dims.clone();
    outer[axis] = 1;
    outer[last] = 1;
    int[][] both = {strides, targetStrides};
    boolean turns = strides[last] != 1;
    int width = turns ? SIDE : dims[last];
    for (int r = 0; r < dims[axis]; r += SIDE) {
      for (int c = 0; c < dims[last]; c += width) {
        int rows = Math.min(SIDE, dims[axis] - r);
        int columns = Math.min(width, dims[last] - c);
        int first = offset + r * strides[axis] + c * strides[last];
        int start = targetOffset + r * targetStrides[axis] + c;
        Runs.forEach(
            outer,
            both,
            new int[] {first, start},
            at -> {
              if (turns) {
                turn(source, at[0], target, at[1], rows, columns);
              } else {
                move(source, at[0], target, at[1], rows, columns);
              }
            });
      }
    }
  }

  private void move(Object source, int first, Object target, int start, int rows, int columns) {
    int step = strides[axis];
    int stepTo = targetStrides[axis];
    int done = ShortRows.copy(source, first, step, target, start, stepTo, rows, columns);
    rest(source, first + done * step, target, start + done * stepTo, rows - done, columns);
  }

  private void turn(Object source, int first, Object target, int start, int rows, int columns) {
    int step = strides[dims.length - 1];
    int done =
        switch (source) {
          case float[] _ -> turn(DType.FLOAT32, source, first, target, start, rows, columns);
          case double[] _ -> turn(DType.FLOAT64, source, first, target, start, rows, columns);
          default -> 0;
        };
    rest(source, first + done * step, target, start + done, rows, columns - done);
  }

  private int turn(
      DType dtype, Object source, int first, Object target, int start, int rows, int columns) {
    int step = strides[dims.length - 1];
    return Packing.of(dtype)
        .turn(source, first, step, columns, rows, target, start, targetStrides[axis]);
  }

  private void rest(Object source, int first, Object target, int start, int rows, int columns) {
    if (rows > 0 && columns > 0) {
      int[] plane = {rows, columns};
      int[] from = {strides[axis], strides[dims.length - 1]};
      int[] to = {targetStrides[axis], 1};
      Runs.copy(source, first, plane, from, target, start, to);
    }
  }
}
