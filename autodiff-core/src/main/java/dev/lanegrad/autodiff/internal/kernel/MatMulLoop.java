package dev.lanegrad.autodiff.internal.kernel;

import dev.lanegrad.autodiff.DType;

/**
 * C = A B for one pair of matrices. Every element is one chain of fused multiply-adds over k in
 * order, starting at 0; so how the product is cut into tiles, blocks and parts never changes a bit.
 */
public final class MatMulLoop {
  private MatMulLoop() {}

  /** What is done to a block of the product as soon as it is complete. */
  @FunctionalInterface
  public interface Epilogue {
    /** Nothing. */
    Epilogue NONE = (row, rows, column, columns) -> {};

    /** Called once for every element, on the thread that computed it. */
    void apply(int row, int rows, int column, int columns);
  }

  /**
   * Multiplies.
   *
   * @param a a matrix with strides {row, column}
   * @param b a matrix with strides {row, column}
   * @param c receives the product of {@code rows} x {@code inner} and {@code inner} x {@code
   *     columns} in row-major order, from {@code cOffset} on
   */
  public static void run(
      DType dtype,
      Operand a,
      Operand b,
      Object c,
      int cOffset,
      int rows,
      int inner,
      int columns,
      Epilogue epilogue) {
    if (rows == 0 || columns == 0) {
      return;
    }
    if (Lanes.VECTOR && inner > 0) {
      MatMulBlocks blocks =
          new MatMulBlocks(dtype, a, b, c, cOffset, rows, inner, columns, epilogue);
      if (blocks.findKernels()) {
        blocks.run();
        return;
      }
    }
    Operand right = b.stride(1) == 1 ? b : rowMajor(dtype, b, inner, columns);
    int parts = Workers.count((long) rows * columns * inner, rows);
    int height = Math.ceilDiv(rows, parts);
    Workers.run(
        parts,
        part -> {
          int first = Math.min(part * height, rows);
          int count = Math.min(height, rows - first);
          Operand left = new Operand(a.array(), a.offset() + first * a.stride(0), a.strides());
          scalar(left, right, c, cOffset + first * columns, count, inner, columns);
          if (count > 0) {
            epilogue.apply(first, count, 0, columns);
          }
        });
  }

  private static Operand rowMajor(DType dtype, Operand b, int inner, int columns) {
    Object copy = Scratch.of(dtype, inner * columns);
    Packing.of(dtype)
        .pack(b.array(), b.offset(), b.stride(1), b.stride(0), columns, inner, copy, 0, columns);
    return new Operand(copy, 0, new int[] {columns, 1});
  }

  /** The definition: rows of B scaled and added up in order. */
  private static void scalar(
      Operand a, Operand b, Object c, int cOffset, int rows, int inner, int columns) {
    LaneTree.fill(c, cOffset, rows * columns, 0);
    for (int i = 0; i < rows; i++) {
      int row = cOffset + i * columns;
      int factor = a.offset() + i * a.stride(0);
      for (int k = 0; k < inner; k++) {
        int source = b.offset() + k * b.stride(0);
        int at = factor + k * a.stride(1);
        if (c instanceof float[] result) {
          addScaled(((float[]) a.array())[at], (float[]) b.array(), source, result, row, columns);
        } else {
          double[] result = (double[]) c;
          addScaled(((double[]) a.array())[at], (double[]) b.array(), source, result, row, columns);
        }
      }
    }
  }

  private static void addScaled(
      float factor, float[] from, int source, float[] to, int target, int count) {
    for (int j = 0; j < count; j++) {
      to[target + j] = Math.fma(factor, from[source + j], to[target + j]);
    }
  }

  private static void addScaled(
      double factor, double[] from, int source, double[] to, int target, int count) {
    for (int j = 0; j < count; j++) {
      to[target + j] = Math.fma(factor, from[source + j], to[target + j]);
    }
  }
}
