package dev.lanegrad.autodiff.internal.memory;

import java.util.Arrays;

/**
 * Copies between layouts: run by run, or square by square where the two go through memory in
 * different orders.
 */
final class StridedCopy {
  /** The side of a square of elements that is copied at once. */
  private static final int TILE = 32;

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
      Runs.forEach(
          Arrays.copyOf(lengths, Math.max(last, 0)),
          steps,
          new int[] {offset, targetOffset},
          at -> copyRun(source, at[0], from, target, at[1], to, length));
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

  /** Columns of a square, in which steps are constant, to rows of the target. */
  private static void transpose(
      Object square, Object target, int first, int rowTo, int rows, int columns) {
    switch (square) {
      case float[] values -> {
        float[] results = (float[]) target;
        for (int r = 0; r < rows; r++) {
          int at = first + r * rowTo;
          for (int c = 0; c < columns; c++) {
            results[at + c] = values[c * TILE + r];
          }
        }
      }
      case double[] values -> {
        double[] results = (double[]) target;
        for (int r = 0; r < rows; r++) {
          int at = first + r * rowTo;
          for (int c = 0; c < columns; c++) {
            results[at + c] = values[c * TILE + r];
          }
        }
      }
      case int[] values -> {
        int[] results = (int[]) target;
        for (int r = 0; r < rows; r++) {
          int at = first + r * rowTo;
          for (int c = 0; c < columns; c++) {
            results[at + c] = values[c * TILE + r];
          }
        }
      }
      case boolean[] values -> {
        boolean[] results = (boolean[]) target;
        for (int r = 0; r < rows; r++) {
          int at = first + r * rowTo;
          for (int c = 0; c < columns; c++) {
            results[at + c] = values[c * TILE + r];
          }
        }
      }
      default -> throw new AssertionError(square);
    }
  }

  /** Strides along the rows and the columns of a piece of a matrix. */
  private record Tile(int rowFrom, int rowTo, int from, int to) {
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
        case float[] values -> {
          float[] results = (float[]) target;
          for (int r = 0; r < height; r++) {
            int start = first + r * rowFrom;
            int at = result + r * rowTo;
            for (int c = 0; c < width; c++) {
              results[at + c * to] = values[start + c * from];
            }
          }
        }
        case double[] values -> {
          double[] results = (double[]) target;
          for (int r = 0; r < height; r++) {
            int start = first + r * rowFrom;
            int at = result + r * rowTo;
            for (int c = 0; c < width; c++) {
              results[at + c * to] = values[start + c * from];
            }
          }
        }
        case int[] values -> {
          int[] results = (int[]) target;
          for (int r = 0; r < height; r++) {
            int start = first + r * rowFrom;
            int at = result + r * rowTo;
            for (int c = 0; c < width; c++) {
              results[at + c * to] = values[start + c * from];
            }
          }
        }
        case boolean[] values -> {
          boolean[] results = (boolean[]) target;
          for (int r = 0; r < height; r++) {
            int start = first + r * rowFrom;
            int at = result + r * rowTo;
            for (int c = 0; c < width; c++) {
              results[at + c * to] = values[start + c * from];
            }
          }
        }
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
    boolean isPlain = stride == 1 && step == 1;
    switch (from) {
      case float[] source -> {
        float[] target = (float[]) to;
        if (isPlain) {
          System.arraycopy(source, start, target, at, length);
        } else if (stride == 0 && step == 1) {
          Arrays.fill(target, at, at + length, source[start]);
        } else if (stride == -1 && step == 1) {
          for (int i = 0; i < length; i++) {
            target[at + i] = source[start - i];
          }
        } else {
          for (int i = 0; i < length; i++) {
            target[at + i * step] = source[start + i * stride];
          }
        }
      }
      case double[] source -> {
        double[] target = (double[]) to;
        if (isPlain) {
          System.arraycopy(source, start, target, at, length);
        } else if (stride == 0 && step == 1) {
          Arrays.fill(target, at, at + length, source[start]);
        } else if (stride == -1 && step == 1) {
          for (int i = 0; i < length; i++) {
            target[at + i] = source[start - i];
          }
        } else {
          for (int i = 0; i < length; i++) {
            target[at + i * step] = source[start + i * stride];
          }
        }
      }
      case int[] source -> {
        int[] target = (int[]) to;
        if (isPlain) {
          System.arraycopy(source, start, target, at, length);
        } else if (stride == 0 && step == 1) {
          Arrays.fill(target, at, at + length, source[start]);
        } else if (stride == -1 && step == 1) {
          for (int i = 0; i < length; i++) {
            target[at + i] = source[start - i];
          }
        } else {
          for (int i = 0; i < length; i++) {
            target[at + i * step] = source[start + i * stride];
          }
        }
      }
      case boolean[] source -> {
        boolean[] target = (boolean[]) to;
        if (isPlain) {
          System.arraycopy(source, start, target, at, length);
        } else if (stride == 0 && step == 1) {
          Arrays.fill(target, at, at + length, source[start]);
        } else if (stride == -1 && step == 1) {
          for (int i = 0; i < length; i++) {
            target[at + i] = source[start - i];
          }
        } else {
          for (int i = 0; i < length; i++) {
            target[at + i * step] = source[start + i * stride];
          }
        }
      }
      default -> throw new AssertionError(from);
    }
  }
}
