package dev.lanegrad.autodiff.internal.kernel.products;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.arrays.Finish;
import dev.lanegrad.autodiff.internal.kernel.arrays.Operand;
import dev.lanegrad.autodiff.internal.kernel.arrays.Rows;
import dev.lanegrad.autodiff.internal.kernel.arrays.Scratch;
import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;
import dev.lanegrad.autodiff.internal.kernel.threads.Workers;

/**
 * y = A x for a single column x. Every element is the sum of sixteen chains of fused multiply-adds,
 * each from 0 over the k that leave the same rest modulo 16, in order; chain l is then added to by
 * chain l + 8, then l + 4, l + 2 and l + 1. So rows are read as they lie, at the speed of memory,
 * and the bits depend neither on their number nor on how they lie.
 */
public final class ColumnLoop {
  static final int CHAINS = 16;

  /** Rows whose chains are kept at once: some groups, and all in the first-level cache. */
  private static final int MOST_ROWS = 32;

  private final Operand a;
  private final Operand x;
  private final Object y;
  private final int offset;
  private final int inner;
  private final DType dtype;

  private ColumnLoop(Operand a, Operand x, Object y, int offset, int inner) {
    this.a = a;
    this.x = x;
    this.y = y;
    this.offset = offset;
    this.inner = inner;
    this.dtype = y instanceof float[] ? DType.FLOAT32 : DType.FLOAT64;
  }

  /**
   * Multiplies stacks of matrices with single columns.
   *
   * @param batch leading dimensions
   * @param a matrices, with strides {batch.., row, column}
   * @param x columns, with strides {batch.., row, any}
   * @param y receives the products in row-major order
   */
  public static void run(
      int[] batch, Operand a, Operand x, Object y, int rows, int inner, Finish finish) {
    MatMulLoop.forEach(
        batch,
        a,
        x,
        y,
        rows,
        RowLoop.OPERATIONS_OF_ELEMENT * rows * inner,
        (left, right, offset, _, i) ->
            new ColumnLoop(left, right, y, offset, inner)
                .run(rows, (row, some) -> finish.rows(i * rows + row, some)));
  }

  private void run(int rows, Finish finish) {
    if (a.stride(1) != 1 && rows > 1) {
      byColumns(rows);
      finish.rows(0, rows);
      return;
    }
    Object column = x.array();
    int start = x.offset();
    if (x.stride(0) != 1) {
      column = Scratch.of(dtype, inner);
      Rows.gather(x.array(), x.offset(), x.stride(0), column, 0, inner);
      start = 0;
    }
    Operand line = a;
    if (a.stride(1) != 1) {
      Object copy = Scratch.of(dtype, inner);
      Rows.gather(a.array(), a.offset(), a.stride(1), copy, 0, inner);
      line = new Operand(copy, 0, new int[] {0, 1});
    }
    Operand lines = line;
    Operand packed = new Operand(column, start, new int[] {1});
    Workers.ranges(
        rows,
        RowLoop.OPERATIONS_OF_ELEMENT * rows * inner,
        (_, first, end) -> {
          byRows(lines, packed, first, end);
          finish.rows(first, end - first);
        });
  }

  private void byRows(Operand lines, Operand column, int first, int end) {
    ColumnTile tile = ColumnTile.of(dtype);
    int turns = inner / CHAINS;
    boolean hasGroup = Lanes.VECTOR && turns > 0 && end - first >= tile.rows();
    ColumnKernel kernel = hasGroup ? tile.get() : null;
    int together = kernel == null ? 1 : tile.rows();
    Object sums = Scratch.borrow(dtype, MOST_ROWS * CHAINS);
    for (int row = first; row < end; ) {
      int groups = Math.min(end - row, MOST_ROWS) / together;
      // The last rows are taken together with some before them, which gives the same bits again.
      int top = groups > 0 ? row : end - together;
      int count = Math.max(groups * together, together);
      int at = lines.offset() + top * lines.stride(0);
      if (kernel == null) {
        Rows.fill(sums, 0, count * CHAINS, 0);
        finish(lines, at, column, 0, sums, top, count);
      } else {
        kernel.run(
            count / together,
            turns,
            lines.array(),
            at,
            lines.stride(0),
            column.array(),
            column.offset(),
            sums);
        finish(lines, at, column, turns * CHAINS, sums, top, count);
      }
      row = top + count;
    }
    Scratch.giveBack(sums);
  }

  private void finish(
      Operand lines, int at, Operand column, int done, Object sums, int row, int count) {
    int step = lines.stride(0);
    int start = column.offset();
    int to = offset + row;
    if (sums instanceof float[] chains) {
      float[] a = (float[]) lines.array();
      float[] factors = (float[]) column.array();
      FloatColumn.finish(a, at, step, factors, start, done, inner, chains, (float[]) y, to, count);
    } else {
      double[] a = (double[]) lines.array();
      double[] factors = (double[]) column.array();
      DoubleColumn.finish(
          a, at, step, factors, start, done, inner, (double[]) sums, (double[]) y, to, count);
    }
  }

  /**
   * Of a matrix whose columns lie together: chain by chain for all rows, as a single row times it.
   */
  private void byColumns(int rows) {
    Object[] chains = new Object[CHAINS];
    for (int l = 0; l < CHAINS; l++) {
      chains[l] = Scratch.borrow(dtype, rows);
      int steps = Math.ceilDiv(inner - l, CHAINS);
      if (steps <= 0) {
        Rows.fill(chains[l], 0, rows, 0);
        continue;
      }
      Operand left =
          new Operand(
              x.array(),
              x.offset() + l * x.stride(0),
              new int[] {CHAINS * x.stride(0), CHAINS * x.stride(0)});
      Operand right =
          new Operand(
              a.array(),
              a.offset() + l * a.stride(1),
              new int[] {CHAINS * a.stride(1), a.stride(0)});
      MatMulLoop.run(
          left, right, chains[l], 0, Operand.length(chains[l]), 1, steps, rows, Finish.NONE);
    }
    for (int distance = CHAINS / 2; distance > 0; distance /= 2) {
      for (int l = 0; l < distance; l++) {
        Rows.add(chains[l + distance], chains[l], rows);
      }
    }
    System.arraycopy(chains[0], 0, y, offset, rows);
    for (Object chain : chains) {
      Scratch.giveBack(chain);
    }
  }
}
