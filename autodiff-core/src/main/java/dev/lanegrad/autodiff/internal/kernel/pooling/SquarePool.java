package dev.lanegrad.autodiff.internal.kernel.pooling;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.arrays.Operand;
import dev.lanegrad.autodiff.internal.kernel.arrays.Scratch;
import dev.lanegrad.autodiff.internal.kernel.compilation.KernelCompiler;
import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;
import dev.lanegrad.autodiff.internal.kernel.compilation.PreparedKernel;
import java.util.Locale;

/**
 * Max pooling by vectors where windows are squares of two by two that cover the whole image: rows
 * of squares follow each other through all planes.
 */
final class SquarePool extends PreparedKernel<SquarePoolKernel> {
  /** Elements of x that are gone over before the next column of vectors. */
  private static final int ELEMENTS_AT_ONCE = 4_096;

  enum Direction {
    /** To the largest elements. */
    FORWARD,
    /** From their gradient to that of all. */
    BACKWARD
  }

  private static final Both FLOATS = new Both(DType.FLOAT32);
  private static final Both DOUBLES = new Both(DType.FLOAT64);

  private final DType dtype;
  private final Direction direction;
  private final int lanes;

  /** By how many lanes are stored. */
  private final Object[] tables;

  private SquarePool(DType dtype, Direction direction) {
    this.dtype = dtype;
    this.direction = direction;
    this.lanes = Lanes.count(dtype);
    this.tables = new Object[lanes + 1];
    for (int stored = 1; stored <= lanes; stored++) {
      tables[stored] = SquarePoolWriter.table(dtype, lanes, stored);
    }
  }

  private record Both(SquarePool forward, SquarePool backward) {
    Both(DType dtype) {
      this(new SquarePool(dtype, Direction.FORWARD), new SquarePool(dtype, Direction.BACKWARD));
    }
  }

  static SquarePool of(DType dtype, Direction direction) {
    Both both = dtype == DType.FLOAT32 ? FLOATS : DOUBLES;
    return direction == Direction.FORWARD ? both.forward : both.backward;
  }

  @Override
  public String toString() {
    return "max pooling of squares, " + direction.name().toLowerCase(Locale.ROOT) + ", " + dtype;
  }

  /** Where rows of squares are: {@code row} elements of x in each of two rows. */
  record Place(Object x, int from, int row, Object g, int gFrom, Object to, int at) {}

  /**
   * Pools rows of squares from the first on.
   *
   * @return how many; the last ones are left to others where a vector would leave an array
   */
  int run(int count, Place place) {
    SquarePoolKernel kernel = Lanes.canRearrange(dtype) ? get() : null;
    if (kernel == null) {
      return 0;
    }
    int done = Math.min(count, reached(place));
    int atOnce = Math.max(1, ELEMENTS_AT_ONCE / (2 * place.row));
    for (int r = 0; r < done; r += atOnce) {
      run(kernel, r, Math.min(atOnce, done - r), place);
    }
    return done;
  }

  /** A block of rows, one column of vectors after the other. */
  private void run(SquarePoolKernel kernel, int first, int count, Place p) {
    boolean forward = direction == Direction.FORWARD;
    int width = p.row / 2;
    int from = p.from + 2 * first * p.row;
    int gFrom = p.gFrom + first * width;
    int at = p.at + first * (forward ? width : 2 * p.row);
    int columns = forward ? width : p.row;
    for (int c = 0; c < columns; c += lanes) {
      int left = forward ? 2 * c : c;
      Object table = tables[Math.min(lanes, columns - c)];
      kernel.run(count, p.x, from + left, p.row, p.g, gFrom + c / 2, p.to, at + c, table);
    }
  }

  /** How many rows there could be before a vector leaves an array. */
  private int reached(Place p) {
    int width = p.row / 2;
    int columns = direction == Direction.FORWARD ? width : p.row;
    int last = (columns - 1) / lanes * lanes;
    if (direction == Direction.FORWARD) {
      int x = rows(p.x, p.from + p.row + 2 * last + 2 * lanes, 2 * p.row);
      return Math.min(x, rows(p.to, p.at + last + lanes, width));
    }
    int x = rows(p.x, p.from + p.row + last + lanes, 2 * p.row);
    int g = rows(p.g, p.gFrom + last / 2 + lanes, width);
    return Math.min(Math.min(x, g), rows(p.to, p.at + p.row + last + lanes, 2 * p.row));
  }

  /** How many rows fit into an array if the first one reaches so far. */
  private static int rows(Object array, int reach, int row) {
    int rest = Operand.length(array) - reach;
    return rest < 0 ? 0 : rest / row + 1;
  }

  @Override
  protected SquarePoolKernel generate() {
    return SquarePoolWriter.kernel(dtype, Lanes.BITS, direction);
  }

  @Override
  protected Rehearsal<SquarePoolKernel> rehearsal() {
    return new SomeRows();
  }

  private final class SomeRows implements Rehearsal<SquarePoolKernel> {
    private static final int ROWS = 16;

    private final int row = 2 * lanes;
    private final Object x = Scratch.ownOf(dtype, 2 * ROWS * row);
    private final Object g = Scratch.ownOf(dtype, ROWS * lanes);
    private final Object to = Scratch.ownOf(dtype, 2 * ROWS * row);

    @Override
    public void run(SquarePoolKernel kernel) {
      kernel.run(ROWS, x, 0, row, g, 0, to, 0, tables[lanes]);
      kernel.run(ROWS, x, 0, row, g, 0, to, 0, tables[1]);
    }

    @Override
    public void callIdly(SquarePoolKernel kernel) {
      kernel.run(KernelCompiler.IDLE, x, 0, row, g, 0, to, 0, tables[lanes]);
    }

    @Override
    public long operations() {
      return 2L * ROWS * (direction == Direction.FORWARD ? 10 : 30);
    }
  }
}
