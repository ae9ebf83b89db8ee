package dev.lanegrad.autodiff.internal.kernel;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.internal.memory.Runs;

/**
 * C = A B for one pair of matrices. Every element is one chain of fused multiply-adds over k in
 * order, starting at 0; so how the product is cut into tiles, blocks and parts never changes a bit.
 */
public final class MatMulLoop {
  private MatMulLoop() {}

  /** What is done to rows of the product as soon as they are complete. */
  @FunctionalInterface
  public interface Finish {
    /** Nothing. */
    Finish NONE = (first, count) -> {};

    /** Called once for every row, on the thread that computed it. */
    void rows(int first, int count);
  }

  /**
   * Multiplies stacks of matrices.
   *
   * @param batch leading dimensions
   * @param a matrices, with strides {batch.., row, column}
   * @param b matrices, with strides {batch.., row, column}
   * @param c receives the products of {@code rows} x {@code inner} and {@code inner} x {@code
   *     columns} in row-major order
   */
  public static void run(
      int[] batch,
      Operand a,
      Operand b,
      Object c,
      int rows,
      int inner,
      int columns,
      Finish finish) {
    int count = Shape.of(batch).size();
    int size = rows * columns;
    if (count * size == 0) {
      return;
    }
    if (count == 1) {
      run(
          matrix(a, a.offset()),
          matrix(b, b.offset()),
          c,
          0,
          Operand.length(c),
          rows,
          inner,
          columns,
          finish);
      return;
    }
    int[] lefts = new int[count];
    int[] rights = new int[count];
    int[] next = {0};
    Runs.forEach(
        batch,
        new int[][] {a.strides(), b.strides()},
        new int[] {a.offset(), b.offset()},
        at -> {
          lefts[next[0]] = at[0];
          rights[next[0]++] = at[1];
        });
    int parts = Workers.count((long) count * size * inner, count);
    Workers.run(
        parts,
        part -> {
          int end = (int) ((part + 1L) * count / parts);
          int writable = end == count ? Operand.length(c) : end * size;
          for (int i = (int) ((long) part * count / parts); i < end; i++) {
            int first = i * rows;
            Finish own = (row, some) -> finish.rows(first + row, some);
            run(
                matrix(a, lefts[i]),
                matrix(b, rights[i]),
                c,
                i * size,
                writable,
                rows,
                inner,
                columns,
                own);
          }
        });
  }

  private static Operand matrix(Operand stack, int offset) {
    int rank = stack.strides().length;
    return new Operand(
        stack.array(), offset, new int[] {stack.stride(rank - 2), stack.stride(rank - 1)});
  }

  /**
   * One product, at {@code cOffset}; what lies behind it up to {@code writable} is written later.
   */
  static void run(
      Operand a,
      Operand b,
      Object c,
      int cOffset,
      int writable,
      int rows,
      int inner,
      int columns,
      Finish finish) {
    DType dtype = c instanceof float[] ? DType.FLOAT32 : DType.FLOAT64;
    if (Lanes.VECTOR && inner > 0) {
      MatMulBlocks blocks =
          new MatMulBlocks(dtype, a, b, c, cOffset, writable, rows, inner, columns, finish);
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
            finish.rows(first, count);
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
