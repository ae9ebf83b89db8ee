package dev.lanegrad.autodiff.internal.kernel.products;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.internal.Apart;
import dev.lanegrad.autodiff.internal.kernel.arrays.Finish;
import dev.lanegrad.autodiff.internal.kernel.arrays.Operand;
import dev.lanegrad.autodiff.internal.kernel.arrays.Rows;
import dev.lanegrad.autodiff.internal.kernel.arrays.Scratch;
import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;
import dev.lanegrad.autodiff.internal.kernel.copying.Packing;
import dev.lanegrad.autodiff.internal.kernel.threads.Workers;
import dev.lanegrad.autodiff.internal.memory.Runs;

/**
 * C = A B for one pair of matrices. Every element is one chain of fused multiply-adds over k in
 * order, starting at 0; so how the product is cut into tiles, blocks and parts never changes a bit.
 */
public final class MatMulLoop {
  private MatMulLoop() {}

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
    int size = rows * columns;
    if (size == 0) {
      return;
    }
    if (batch.length == 0) {
      run(a, b, c, 0, Operand.length(c), rows, inner, columns, finish);
      return;
    }
    forEach(
        batch,
        a,
        b,
        c,
        size,
        (long) size * inner,
        (left, right, offset, writable, i) ->
            run(
                left,
                right,
                c,
                offset,
                writable,
                rows,
                inner,
                columns,
                (row, some) -> finish.rows(i * rows + row, some)));
  }

  /** What is done with the matrices at one place of their stacks. */
  interface Product {
    /**
     * Multiplies.
     *
     * @param offset where the result goes
     * @param writable what lies behind it, up to here, is written later
     * @param i the number of the place
     */
    void run(Operand a, Operand b, int offset, int writable, int i);
  }

  /**
   * Goes over stacks of matrices.
   *
   * @param size of a result; all lie one behind the other
   * @param operations for one result
   */
  static void forEach(
      int[] batch, Operand a, Operand b, Object c, int size, long operations, Product product) {
    int count = Shape.of(batch).size();
    if (count * size == 0) {
      return;
    }
    if (count == 1) {
      product.run(matrix(a, a.offset()), matrix(b, b.offset()), 0, Operand.length(c), 0);
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
    Workers.ranges(
        count,
        count * operations,
        (_, begin, end) -> {
          int writable = end == count ? Operand.length(c) : end * size;
          for (int i = begin; i < end; i++) {
            product.run(matrix(a, lefts[i]), matrix(b, rights[i]), i * size, writable, i);
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
    if (rows == 1 && RowLoop.run(a, b, c, cOffset, inner, columns)) {
      finish.rows(0, 1);
      return;
    }
    if (Lanes.VECTOR && inner > 0) {
      MatMulBlocks blocks =
          new MatMulBlocks(dtype, a, b, c, cOffset, writable, rows, inner, columns, finish);
      if (blocks.findKernels()) {
        Apart.run(blocks);
        return;
      }
    }
    boolean isCopied = b.stride(1) != 1;
    Operand right = isCopied ? rowMajor(dtype, b, inner, columns) : b;
    Workers.ranges(
        rows,
        (long) rows * columns * inner,
        (_, first, end) -> {
          Operand left = new Operand(a.array(), a.offset() + first * a.stride(0), a.strides());
          scalar(left, right, c, cOffset + first * columns, end - first, inner, columns);
          finish.rows(first, end - first);
        });
    if (isCopied) {
      Scratch.giveBack(right.array());
    }
  }

  /** In a borrowed array. */
  private static Operand rowMajor(DType dtype, Operand b, int inner, int columns) {
    Object copy = Scratch.borrow(dtype, inner * columns);
    Packing.of(dtype)
        .pack(b.array(), b.offset(), b.stride(1), b.stride(0), columns, inner, copy, 0, columns);
    return new Operand(copy, 0, new int[] {columns, 1});
  }

  /** The definition: rows of B scaled and added up in order, four in one pass over a row of C. */
  private static void scalar(
      Operand a, Operand b, Object c, int cOffset, int rows, int inner, int columns) {
    Rows.fill(c, cOffset, rows * columns, 0);
    addRows(a, b, c, cOffset, rows, inner, columns);
  }

  /** Goes on with chains that C holds. */
  static void addRows(
      Operand a, Operand b, Object c, int cOffset, int rows, int inner, int columns) {
    for (int i = 0; i < rows; i++) {
      int row = cOffset + i * columns;
      int factor = a.offset() + i * a.stride(0);
      if (c instanceof float[] sums) {
        float[] left = (float[]) a.array();
        float[] right = (float[]) b.array();
        FloatMatMul.addRows(
            left, factor, a.stride(1), right, b.offset(), b.stride(0), inner, sums, row, columns);
      } else {
        double[] left = (double[]) a.array();
        double[] right = (double[]) b.array();
        double[] sums = (double[]) c;
        DoubleMatMul.addRows(
            left, factor, a.stride(1), right, b.offset(), b.stride(0), inner, sums, row, columns);
      }
    }
  }
}
