package dev.lanegrad.autodiff.internal.kernel.products;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.arrays.Scratch;
import dev.lanegrad.autodiff.internal.kernel.compilation.KernelCompiler;
import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;
import dev.lanegrad.autodiff.internal.kernel.compilation.PreparedKernel;
import dev.lanegrad.autodiff.internal.kernel.copying.DoubleSquares;
import dev.lanegrad.autodiff.internal.kernel.copying.FloatSquares;

/** The kernels of a single row's product. */
final class RowTile extends PreparedKernel<RowKernel> {
  /** Rows of B that go in one pass over the chains. */
  static final int ROWS = 4;

  /** Lines of B's transpose that go together. */
  static final int LINES = FloatSquares.ROWS;

  private static final RowTile FLOATS = new RowTile(DType.FLOAT32, Direction.ALONG_ROWS);
  private static final RowTile DOUBLES = new RowTile(DType.FLOAT64, Direction.ALONG_ROWS);
  private static final RowTile LINES_OF_FLOATS = new RowTile(DType.FLOAT32, Direction.ALONG_LINES);
  private static final RowTile LINES_OF_DOUBLES = new RowTile(DType.FLOAT64, Direction.ALONG_LINES);

  private final DType dtype;
  private final Direction direction;

  /** How a kernel goes over B. */
  private enum Direction {
    /** So many vectors of chains, {@link #ROWS} steps along k. */
    ALONG_ROWS,
    /** {@link #LINES} chains, so many times {@link #steps} along k. */
    ALONG_LINES
  }

  private RowTile(DType dtype, Direction direction) {
    this.dtype = dtype;
    this.direction = direction;
  }

  /** For B as it lies. */
  static RowTile alongRows(DType dtype) {
    return dtype == DType.FLOAT32 ? FLOATS : DOUBLES;
  }

  /** For the transpose of a matrix, where there are vectors of 256 bits. */
  static RowTile alongLines(DType dtype) {
    return dtype == DType.FLOAT32 ? LINES_OF_FLOATS : LINES_OF_DOUBLES;
  }

  /** Steps along k that a turn along lines takes. */
  int steps() {
    return dtype == DType.FLOAT32 ? FloatSquares.COLUMNS : DoubleSquares.COLUMNS;
  }

  @Override
  protected RowKernel generate() {
    return switch (direction) {
      case ALONG_ROWS -> RowWriter.kernel(dtype, Lanes.BITS, ROWS);
      case ALONG_LINES ->
          dtype == DType.FLOAT32 ? FloatSquares::alongLines : DoubleSquares::alongLines;
    };
  }

  @Override
  protected Rehearsal<RowKernel> rehearsal() {
    return new FewTurns();
  }

  @Override
  public String toString() {
    String way = direction == Direction.ALONG_ROWS ? "along rows" : "along lines";
    return "product of a single row, " + dtype + ", " + way;
  }

  private final class FewTurns implements Rehearsal<RowKernel> {
    private static final int TURNS = 12;

    private final int lines = direction == Direction.ALONG_ROWS ? ROWS : LINES;
    private final int step =
        TURNS * (direction == Direction.ALONG_ROWS ? Lanes.count(dtype) : steps());
    private final Object x = Scratch.ownOf(dtype, step);
    private final Object b = Scratch.ownOf(dtype, lines * step);
    private final Object y = Scratch.ownOf(dtype, Math.max(step, lines));

    @Override
    public void run(RowKernel kernel) {
      kernel.run(TURNS, x, 0, b, 0, step, y, 0);
    }

    @Override
    public void callIdly(RowKernel kernel) {
      kernel.run(KernelCompiler.IDLE, x, 0, b, 0, step, y, 0);
    }

    @Override
    public long operations() {
      return TURNS * (direction == Direction.ALONG_ROWS ? 2L * ROWS + 2 : 40);
    }
  }
}
