package dev.lanegrad.autodiff.internal.memory;

import java.util.Arrays;

/**
 * The only code that walks strides: visits every index of the outer dimensions with the offset of
 * each operand, and copies elements of any layout into row-major order.
 */
public final class Runs {
  private Runs() {}

  /** What is done at one index of the outer dimensions. */
  @FunctionalInterface
  public interface Visitor {
    /** The array is reused for the next index. */
    void visit(int[] offsets);
  }

  /**
   * Visits all indices in row-major order.
   *
   * @param dims the dimensions to walk over
   * @param strides for each operand its strides along these dimensions (there may be more)
   * @param offsets where each operand starts
   */
  public static void forEach(int[] dims, int[][] strides, int[] offsets, Visitor visitor) {
    int[] index = new int[dims.length];
    int[] current = offsets.clone();
    for (int dim : dims) {
      if (dim == 0) {
        return;
      }
    }
    while (true) {
      visitor.visit(current);
      int axis = dims.length - 1;
      while (axis >= 0 && ++index[axis] == dims[axis]) {
        index[axis] = 0;
        for (int k = 0; k < current.length; k++) {
          current[k] -= strides[k][axis] * (dims[axis] - 1);
        }
        axis--;
      }
      if (axis < 0) {
        return;
      }
      for (int k = 0; k < current.length; k++) {
        current[k] += strides[k][axis];
      }
    }
  }

  /** Copies elements with the given strides into row-major order. */
  public static void copy(
      Object source, int offset, int[] dims, int[] strides, Object target, int targetOffset) {
    int rank = dims.length;
    int length = rank == 0 ? 1 : dims[rank - 1];
    int stride = rank == 0 ? 1 : strides[rank - 1];
    int rows = rank < 2 ? 1 : dims[rank - 2];
    int rowStride = rank < 2 ? 0 : strides[rank - 2];
    if (rank <= 2) {
      copyRows(source, offset, rowStride, stride, target, targetOffset, rows, length);
      return;
    }
    int[] position = {targetOffset};
    forEach(
        Arrays.copyOf(dims, rank - 2),
        new int[][] {strides},
        new int[] {offset},
        offsets -> {
          copyRows(source, offsets[0], rowStride, stride, target, position[0], rows, length);
          position[0] += rows * length;
        });
  }

  private static void copyRows(
      Object from, int start, int rowStride, int stride, Object to, int at, int rows, int length) {
    for (int r = 0; r < rows; r++) {
      copyRun(from, start + r * rowStride, stride, to, at + r * length, length);
    }
  }

  private static void copyRun(Object from, int start, int stride, Object to, int at, int length) {
    if (stride == 1) {
      System.arraycopy(from, start, to, at, length);
      return;
    }
    switch (from) {
      case float[] source -> {
        float[] target = (float[]) to;
        for (int i = 0; i < length; i++) {
          target[at + i] = source[start + i * stride];
        }
      }
      case double[] source -> {
        double[] target = (double[]) to;
        for (int i = 0; i < length; i++) {
          target[at + i] = source[start + i * stride];
        }
      }
      case int[] source -> {
        int[] target = (int[]) to;
        for (int i = 0; i < length; i++) {
          target[at + i] = source[start + i * stride];
        }
      }
      case boolean[] source -> {
        boolean[] target = (boolean[]) to;
        for (int i = 0; i < length; i++) {
          target[at + i] = source[start + i * stride];
        }
      }
      default -> throw new AssertionError(from);
    }
  }
}
