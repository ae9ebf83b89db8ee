package dev.lanegrad.autodiff.internal.kernel.products;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.arrays.Operand;
import dev.lanegrad.autodiff.internal.kernel.arrays.Rows;
import dev.lanegrad.autodiff.internal.kernel.arrays.Scratch;
import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;
import dev.lanegrad.autodiff.internal.kernel.threads.Workers;

/**
 * A single row times a matrix, y = x B, where tiles would not read B at the speed of memory: each
 * element of y is the chain over k that it is in any product.
 *
 * <p>Of a B whose rows lie together a few rows at a time go along y, which stays in the first-level
 * cache. Of the transpose of a matrix whose rows lie together each element goes along such a line,
 * some lines at a time: as nothing of B is used twice, to turn it for the tiles would take longer.
 *
 * <p>What limits the lines, on an AMD Zen 2 and one thread, measured on an idle machine in GB/s of
 * B: floats, eight lines in one chain of vectors that waits for each fused multiply-add, 20 (17
 * from memory, which a sum of the same bytes reads at 18). Sixteen come to 22 where lines lie less
 * than a page apart, as turning takes 36 instructions for 32 elements, and to 8 where they lie
 * whole pages apart, as sixteen then share eight places of the first-level cache. Doubles, eight
 * lines in two chains of vectors, 35 (23 from memory), where a chain of scalars for each line comes
 * to 22.
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
    Workers.ranges(
        Math.ceilDiv(columns, RowTile.LINES),
        operations(),
        (_, first, last) ->
            alongLines(first * RowTile.LINES, Math.min(last * RowTile.LINES, columns)));
  }

  private void alongLines(int first, int end) {
    int step = b.stride(1);
    int j = alongTurnedLines(first, end);
    int at = b.offset() + j * step;
    int to = offset + j;
    if (y instanceof float[] sums) {
      float[] lines = (float[]) b.array();
      FloatRow.run((float[]) x, start, lines, at, step, inner, sums, to, end - j);
    } else {
      double[] lines = (double[]) b.array();
      DoubleRow.run((double[]) x, start, lines, at, step, inner, (double[]) y, to, end - j);
    }
  }

  /** Lines that are turned in registers, where vectors are long enough; returns what is left. */
  private int alongTurnedLines(int first, int end) {
    RowTile tile = RowTile.alongLines(dtype);
    int step = b.stride(1);
    int turns = inner / tile.steps();
    boolean hasVectors = Lanes.BITS >= 256 && step > 0 && turns > 0;
    RowKernel kernel = hasVectors ? tile.get() : null;
    int j = first;
    for (; kernel != null && j + RowTile.LINES <= end; j += RowTile.LINES) {
      int at = b.offset() + j * step;
      Rows.fill(y, offset + j, RowTile.LINES, 0);
      kernel.run(turns, x, start, b.array(), at, step, y, offset + j);
      for (int l = 0; l < RowTile.LINES; l++) {
        goOn(at + l * step, turns * tile.steps(), offset + j + l);
      }
    }
    return j;
  }

  /** What is left of one chain from step {@code done} on. */
  private void goOn(int line, int done, int to) {
    if (y instanceof float[] sums) {
      FloatRow.goOn((float[]) x, start, (float[]) b.array(), line, done, inner, sums, to);
    } else {
      DoubleRow.goOn(
          (double[]) x, start, (double[]) b.array(), line, done, inner, (double[]) y, to);
    }
  }
}
