package dev.lanegrad.autodiff.internal.memory;

import java.util.Arrays;

/**
 * Copies between layouts: run by run, or square by square where the two go through memory in
 * different orders.
 */
final class StridedCopy {
  /** The side of a square of elements that is copied at once. */
  static final int TILE = 32;

  private StridedCopy() {}

  /** Copies elements with the given strides into row-major order. */
  static void run(
      Object source, int offset, int[] dims, int[] strides, Object target, int targetOffset) {
    int rank = dims.length;
    int length = rank == 0 ? 1 : dims[rank - 1];
    int stride = rank == 0 ? 1 : strides[rank - 1];
    int rows = rank < 2 ? 1 : dims[rank - 2];
    if (rank <= 2 && (stride == 1 || rows < TILE || length < TILE)) {
      int rowStride = rank < 2 ? 0 : strides[rank - 2];
      for (int r = 0; r < rows; r++) {
        int start = offset + r * rowStride;
        copyRun(source, start, stride, target, targetOffset + r * length, 1, length);
      }
      return;
    }
    int[] rowMajor = new int[rank];
    int step = 1;
    for (int i = rank - 1; i >= 0; i--) {
      rowMajor[i] = step;
      step *= dims[i];
    }
    run(source, offset, dims, strides, target, targetOffset, rowMajor);
  }

  /**
   * Copies elements to where the target's strides say. Neighbouring dimensions that both sides go
   * through in one stride are taken as one; where source and target do not have the same last
   * dimension, the copy goes through squares that fit into the cache.
   */
  static void run(
      Object source,
      int offset,
      int[] dims,
      int[] strides,
      Object target,
      int targetOffset,
      int[] targetStrides) {
    int[] lengths = dims.clone();
    int[][] steps = {strides.clone(), targetStrides.clone()};
    int rank = join(lengths, steps);
    int last = rank - 1;
    int length = rank == 0 ? 1 : lengths[last];
    int from = rank == 0 ? 1 : steps[0][last];
    int to = rank == 0 ? 1 : steps[1][last];
    int across = nearest(rank, steps[0]);
    if (across == last || length == 0) {
      int row = Math.max(last - 1, 0);
      int count = last > 0 ? lengths[row] : 1;
      Tile rows = new Tile(last > 0 ? steps[0][row] : 0, last > 0 ? steps[1][row] : 0, from, to);
      Runs.forEach(
          Arrays.copyOf(lengths, row),
          steps,
          new int[] {offset, targetOffset},
          at -> rows.copyRuns(source, at[0], target, at[1], count, length));
      return;
    }
    int rows = lengths[across];
    int height = Math.max(TILE, TILE * TILE / Math.max(length, TILE / 8));
    Tile tile = new Tile(steps[0][across], steps[1][across], from, to);
    boolean isPlain = length >= TILE && tile.rowFrom == 1 && to == 1;
    Object between = isPlain ? like(source, TILE * TILE) : null;
    lengths[across] = 1;
    Runs.forEach(
        Arrays.copyOf(lengths, last),
        steps,
        new int[] {offset, targetOffset},
        at -> {
          for (int r = 0; r < rows; r += height) {
            for (int c = 0; c < length; c += TILE) {
              int first = at[0] + r * tile.rowFrom + c * from;
              int result = at[1] + r * tile.rowTo + c * to;
              int high = Math.min(height, rows - r);
              int wide = Math.min(TILE, length - c);
              if (between == null) {
                tile.copy(source, first, target, result, high, wide);
              } else {
                for (int k = 0; k < wide; k++) {
                  copyRun(source, first + k * from, 1, between, k * TILE, 1, high);
                }
                transpose(between, target, result, tile.rowTo, high, wide);
              }
            }
          }
        });
  }

  private static Object like(Object array, int length) {
    return switch (array) {
      case float[] _ -> new float[length];
      case double[] _ -> new double[length];
      case int[] _ -> new int[length];
      default -> new boolean[length];
    };
  }

  private static void transpose(
      Object square, Object target, int first, int rowTo, int rows, int columns) {
    switch (square) {
      case float[] v -> FloatCopies.transpose(v, (float[]) target, first, rowTo, rows, columns);
      case double[] v -> DoubleCopies.transpose(v, (double[]) target, first, rowTo, rows, columns);
      case int[] v -> IntCopies.transpose(v, (int[]) target, first, rowTo, rows, columns);
      case boolean[] v ->
          BooleanCopies.transpose(v, (boolean[]) target, first, rowTo, rows, columns);
      default -> throw new AssertionError(square);
    }
  }

  /** Strides along the rows and the columns of a piece of a matrix. */
  record Tile(int rowFrom, int rowTo, int from, int to) {
    /** Row by row. */
    void copyRuns(Object source, int first, Object target, int result, int height, int width) {
      switch (source) {
        case float[] v -> FloatCopies.runs(v, first, (float[]) target, result, this, height, width);
        case double[] v ->
            DoubleCopies.runs(v, first, (double[]) target, result, this, height, width);
        case int[] v -> IntCopies.runs(v, first, (int[]) target, result, this, height, width);
        case boolean[] v ->
            BooleanCopies.runs(v, first, (boolean[]) target, result, this, height, width);
        default -> throw new AssertionError(source);
      }
    }

    void copy(Object source, int first, Object target, int result, int height, int width) {
      if (width < height) { // the longer loop inside
        new Tile(from, to, rowFrom, rowTo).copyRows(source, first, target, result, width, height);
      } else {
        copyRows(source, first, target, result, height, width);
      }
    }

    private void copyRows(
        Object source, int first, Object target, int result, int height, int width) {
      switch (source) {
        case float[] v ->
            FloatCopies.piece(v, first, (float[]) target, result, this, height, width);
        case double[] v ->
            DoubleCopies.piece(v, first, (double[]) target, result, this, height, width);
        case int[] v -> IntCopies.piece(v, first, (int[]) target, result, this, height, width);
        case boolean[] v ->
            BooleanCopies.piece(v, first, (boolean[]) target, result, this, height, width);
        default -> throw new AssertionError(source);
      }
    }
  }

  /** Drops dimensions of length 1 and joins others, in place; returns how many are left. */
  private static int join(int[] lengths, int[][] steps) {
    int rank = 0;
    for (int i = 0; i < lengths.length; i++) {
      if (lengths[i] == 1) {
        continue;
      }
      boolean joins = rank > 0;
      for (int[] step : steps) {
        joins &= rank > 0 && step[rank - 1] == step[i] * lengths[i];
      }
      int at = joins ? rank - 1 : rank++;
      lengths[at] = joins ? lengths[at] * lengths[i] : lengths[i];
      for (int[] step : steps) {
        step[at] = step[i];
      }
    }
    return rank;
  }

  /**
   * The dimension along which the source's elements are nearest to each other, at best the last.
   */
  private static int nearest(int rank, int[] strides) {
    int nearest = rank - 1;
    for (int i = rank - 2; i >= 0; i--) {
      if (strides[i] != 0 && Math.abs(strides[i]) < Math.abs(strides[nearest])) {
        nearest = i;
      }
    }
    return nearest;
  }

  private static void copyRun(
      Object from, int start, int stride, Object to, int at, int step, int length) {
    switch (from) {
      case float[] v -> FloatCopies.run(v, start, stride, (float[]) to, at, step, length);
      case double[] v -> DoubleCopies.run(v, start, stride, (double[]) to, at, step, length);
      case int[] v -> IntCopies.run(v, start, stride, (int[]) to, at, step, length);
      case boolean[] v -> BooleanCopies.run(v, start, stride, (boolean[]) to, at, step, length);
      default -> throw new AssertionError(from);
    }
  }
}
