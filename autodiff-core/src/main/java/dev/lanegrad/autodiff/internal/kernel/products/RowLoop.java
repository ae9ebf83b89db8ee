package dev.lanegrad.autodiff.internal.kernel.products;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.arrays.Operand;
import dev.lanegrad.autodiff.internal.kernel.arrays.Rows;
import dev.lanegrad.autodiff.internal.kernel.arrays.Scratch;
import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;
import dev.lanegrad.autodiff.internal.kernel.copying.FloatSquares;
import dev.lanegrad.autodiff.internal.kernel.threads.Workers;

/**
 * A single row times a matrix, y = x B, where tiles would not read B at the speed of memory: each
 * element of y is the chain over k that it is in any product.
 *
 * <p>Of a B whose rows lie together a few rows at a time go along y, which stays in the first-level
 * cache. Of the transpose of a matrix whose rows lie together each element goes along such a line,
 * some lines at a time: as nothing of B is used twice, to turn it for the tiles would take longer.
 *
 * <p>What limits the lines of floats, on an AMD Zen 2 (MKL reads 48 GB/s there in a sum by lanes,
 * which would not be the chain): eight lines in one chain of vectors wait for each fused
 * multiply-add, 20 GB/s. Sixteen lines come to 23 to 27 where lines lie less than a page apart, as
 * the JIT knows no instruction that interleaves two vectors, so that turning takes two instructions
 * an element; and to a half of that where lines are whole pages apart, as sixteen then share eight
 * places of the first-level cache. Of doubles each is a scalar chain, 35 GB/s of at most 53.
 */
final class RowLoop {
  /** Columns whose chains stay in the first-level cache. */
  private static final int COLUMNS_OF_BLOCK = 2048;

  /** Threads share columns in cache lines. */
  private static final int SHARED_TOGETHER = 16;

  private final DType dtype;
  private final Object x;
  private final int start;
  private final Operand b;
  private final Object y;
  private final int offset;
  private final int inner;
  private final int columns;

  private RowLoop(Operand row, Operand b, Object y, int offset, int inner, int columns) {
    this.dtype = y instanceof float[] ? DType.FLOAT32 : DType.FLOAT64;
    boolean isApart = row.stride(1) != 1;
    this.x = isApart ? Scratch.of(dtype, inner) : row.array();
    this.start = isApart ? 0 : row.offset();
    if (isApart) {
      Rows.gather(row.array(), row.offset(), row.stride(1), x, 0, inner);
    }
    this.b = b;
    this.y = y;
    this.offset = offset;
    this.inner = inner;
    this.columns = columns;
  }

  /**
   * Multiplies, if this is the way for such a matrix.
   *
   * @return whether y has been set
   */
  static boolean run(Operand x, Operand b, Object y, int offset, int inner, int columns) {
    if (b.stride(0) == 1 && b.stride(1) != 1) {
      new RowLoop(x, b, y, offset, inner, columns).alongLines();
      return true;
    }
    DType dtype = y instanceof float[] ? DType.FLOAT32 : DType.FLOAT64;
    ProductTable table = MatMulTiling.of(dtype).table();
    boolean isLarge = (long) inner * columns * dtype.bytes() > table.bytesToGoAlong();
    if (b.stride(1) != 1 || columns < table.columnsToGoAlong() || !isLarge) {
      return false;
    }
    RowKernel kernel = RowTile.alongRows(dtype).get();
    if (kernel == null) {
      return false;
    }
    new RowLoop(x, b, y, offset, inner, columns).alongRows(kernel);
    return true;
  }

  private long operations() {
    return (long) inner * columns;
  }

  private void alongRows(RowKernel kernel) {
    Workers.ranges(
        Math.ceilDiv(columns, SHARED_TOGETHER),
        operations(),
        (_, first, last) -> {
          int end = Math.min(last * SHARED_TOGETHER, columns);
          for (int j = first * SHARED_TOGETHER; j < end; j += COLUMNS_OF_BLOCK) {
            alongRows(kernel, j, Math.min(COLUMNS_OF_BLOCK, end - j));
          }
        });
  }

  private void alongRows(RowKernel kernel, int column, int width) {
    int lanes = Lanes.count(dtype);
    int vectors = width / lanes;
    int rest = width % lanes;
    int to = offset + column;
    Rows.fill(y, to, width, 0);
    int whole = inner - inner % RowTile.ROWS;
    for (int k = 0; k < whole; k += RowTile.ROWS) {
      int at = b.offset() + k * b.stride(0) + column;
      kernel.run(vectors, x, start + k, b.array(), at, b.stride(0), y, to);
      if (rest > 0) {
        addRows(k, RowTile.ROWS, at + width - rest, to + width - rest, rest);
      }
    }
    addRows(whole, inner - whole, b.offset() + whole * b.stride(0) + column, to, width);
  }

  private void addRows(int k, int steps, int at, int to, int width) {
    Operand factors = new Operand(x, start + k, new int[] {0, 1});
    Operand rows = new Operand(b.array(), at, b.strides());
    MatMulLoop.addRows(factors, rows, y, to, 1, steps, width);
  }

  private void alongLines() {
    int together = y instanceof float[] ? FloatSquares.ROWS : SHARED_TOGETHER;
    Workers.ranges(
        Math.ceilDiv(columns, together),
        operations(),
        (_, first, last) -> {
          int j = first * together;
          int end = Math.min(last * together, columns);
          alongLines(j, end);
        });
  }

  private void alongLines(int first, int end) {
    int step = b.stride(1);
    if (y instanceof float[] sums) {
      float[] row = (float[]) x;
      float[] lines = (float[]) b.array();
      int j = alongTurnedLines(row, lines, sums, first, end);
      int at = b.offset() + j * step;
      FloatRow.run(row, start, lines, at, step, inner, sums, offset + j, end - j);
    } else {
      double[] row = (double[]) x;
      double[] lines = (double[]) b.array();
      int at = b.offset() + first * step;
      DoubleRow.run(row, start, lines, at, step, inner, (double[]) y, offset + first, end - first);
    }
  }

  /** Lines that are turned in registers, where vectors are long enough; returns what is left. */
  private int alongTurnedLines(float[] row, float[] lines, float[] sums, int first, int end) {
    int step = b.stride(1);
    int turns = inner / FloatSquares.COLUMNS;
    boolean hasVectors = Lanes.BITS >= 256 && step > 0 && turns > 0;
    RowKernel kernel = hasVectors ? RowTile.alongLines().get() : null;
    int j = first;
    for (; kernel != null && j + FloatSquares.ROWS <= end; j += FloatSquares.ROWS) {
      int at = b.offset() + j * step;
      Rows.fill(sums, offset + j, FloatSquares.ROWS, 0);
      kernel.run(turns, row, start, lines, at, step, sums, offset + j);
      int done = turns * FloatSquares.COLUMNS;
      for (int l = 0; done < inner && l < FloatSquares.ROWS; l++) {
        FloatRow.goOn(row, start, lines, at + l * step, done, inner, sums, offset + j + l);
      }
    }
    return j;
  }
}
