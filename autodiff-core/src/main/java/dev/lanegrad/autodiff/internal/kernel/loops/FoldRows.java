package dev.lanegrad.autodiff.internal.kernel.loops;

import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.internal.kernel.arrays.Rows;
import dev.lanegrad.autodiff.internal.kernel.arrays.Scratch;
import dev.lanegrad.autodiff.internal.kernel.threads.Workers;

/**
 * A step of a {@link FoldLoop} along another dimension than the last, where whole rows are combined
 * with each other, element by element: [.., rows, columns] gives [.., columns], or [.., chunks,
 * columns] where there are more rows than a chunk has.
 */
final class FoldRows implements Plan.Step {
  private static final int CHUNK = 1_024;

  /** Rows of large matrices are read side by side: as many streams as processors foresee. */
  private static final int TOGETHER = 16;

  /** Elements that the L2 cache has room for. */
  private static final int LARGE = 65_536;

  private static final int LANES = LaneTree.LANES;

  private final Reduction reduction;
  private final FoldKernels kernels;
  private final Walk stacks;
  private final int[] rowStrides;
  private final int[] strides;
  private final int rows;
  private final int columns;
  private final int chunks;
  private final int output;

  /** Rows that are folded before the next columns. */
  private final int together;

  /** Columns that a thread takes at once: all, unless there are too few chunks to share. */
  private final int width;

  private final int pieces;
  private final int units;
  private final int parts;

  /** Whether nothing is read behind the last column. */
  private final boolean isWhole;

  private final int accumulators;

  FoldRows(Plan.Writer plan, Reduction reduction, Formula formula, Space space, int output) {
    int rank = space.rank();
    this.reduction = reduction;
    this.kernels = new FoldKernels(plan.dtype(), reduction, formula, space);
    this.stacks = Walk.over(space, 0, rank - 2);
    this.rowStrides = space.strides(rank - 2);
    this.strides = kernels.strides(rowStrides);
    this.rows = space.dim(-2);
    this.columns = space.dim(-1);
    this.chunks = chunks(rows);
    this.together = (long) rows * columns > LARGE ? TOGETHER : CHUNK;
    this.output = output;
    long operations = (long) stacks.size() * rows * columns * kernels.cost();
    int wanted = Math.ceilDiv(Workers.parts(columns, operations), stacks.size() * chunks);
    this.width = Math.ceilDiv(columns, wanted * LANES) * LANES;
    this.pieces = Math.ceilDiv(columns, width);
    this.units = stacks.size() * chunks * pieces;
    this.parts = Workers.parts(units, operations);
    this.isWhole = inGroups(columns) + inVectors(columns) == columns;
    this.accumulators = isWhole ? output : plan.temporary(parts * width);
  }

  static int chunks(int rows) {
    return Math.ceilDiv(rows, CHUNK);
  }

  @Override
  public void run(Object[] arrays, int[] offsets) {
    Object[] direct = kernels.arrays(arrays, arrays[output]);
    Object[] aside = kernels.arrays(arrays, arrays[accumulators]);
    int[] begin = kernels.begin(offsets);
    int target = offsets[output];
    if (parts == 1) {
      runUnits(direct, aside, begin, target, 0, 0, units);
    } else {
      Workers.inParts(
          parts,
          units,
          (part, from, end) -> runUnits(direct, aside, begin, target, part, from, end));
    }
  }

  /** Results of other threads, and what lies behind the last, must not be written to. */
  @SuppressWarnings("SuspiciousSystemArraycopy") // both are arrays of the same kind
  private void runUnits(
      Object[] direct, Object[] aside, int[] begin, int target, int part, int from, int end) {
    int[] at = new int[begin.length + 2];
    for (int unit = from; unit < end; unit++) {
      int chunk = unit / pieces;
      int column = unit % pieces * width;
      int count = Math.min(width, columns - column);
      int result = target + chunk * columns + column;
      boolean isSafe = isWhole || (pieces == 1 && result + width <= target + end * columns);
      Object[] own = isSafe ? direct : aside;
      int sums = isSafe ? result : part * width;
      Rows.fill(own[begin.length], sums, count, reduction.identity());
      int last = Math.min(rows, (chunk % chunks + 1) * CHUNK);
      int step;
      for (int row = chunk % chunks * CHUNK; row < last; row += step) {
        locate(begin, at, chunk / chunks, row, column, sums);
        step = fold(own, at, Math.min(together, last - row), count);
      }
      if (!isSafe) {
        System.arraycopy(own[begin.length], sums, direct[begin.length], result, count);
      }
    }
  }

  private void locate(int[] begin, int[] at, int stack, int row, int column, int sums) {
    stacks.locate(begin, stack, at);
    for (int k = 0; k < begin.length; k++) {
      at[k] += row * rowStrides[k] + column * kernels.columnStrides()[k];
    }
    at[begin.length] = sums;
    at[begin.length + 1] = sums;
  }

  /**
   * Combines rows with the accumulators; how many. They are read in whole vectors, or groups of
   * them, as far as arrays reach: what accumulators behind the last column then hold is not used.
   */
  private int fold(Object[] own, int[] at, int most, int count) {
    int lanes = kernels.lanes();
    int inside = lanes == 1 ? 0 : rowsInside(own, at, most, inGroups(count) + inVectors(count));
    int rows = inside == 0 ? most : inside;
    int wide = inside == 0 ? 0 : inGroups(count);
    int narrow = inside == 0 ? count / lanes * lanes : inVectors(count);
    int done = 0;
    if (wide > 0 && kernels.wide(own, at, strides, rows, wide)) {
      kernels.move(at, wide);
      done = wide;
    }
    if (done == wide && narrow > 0 && kernels.narrow(own, at, strides, rows, narrow)) {
      kernels.move(at, narrow);
      done += narrow;
    }
    if (done < count) {
      kernels.map(own, at, strides, rows, count - done);
    }
    return rows;
  }

  /** Columns that are folded in groups, the last of which may reach beyond. */
  private int inGroups(int count) {
    int group = kernels.group();
    int rest = count % group;
    return count - rest + (rest > 2 * kernels.lanes() ? group : 0);
  }

  /** Columns behind these that are folded in single vectors, the last of which may reach beyond. */
  private int inVectors(int count) {
    int lanes = kernels.lanes();
    return Math.ceilDiv(Math.max(count - inGroups(count), 0), lanes) * lanes;
  }

  /** How many rows can be read in so many columns, from the first on. */
  private int rowsInside(Object[] own, int[] at, int most, int width) {
    int inside = most;
    for (int k = 0; k < rowStrides.length; k++) {
      if (kernels.columnStrides()[k] != 0) {
        int beyond = Scratch.length(own[k]) - at[k] - width;
        int step = rowStrides[k];
        inside = beyond < 0 ? 0 : step <= 0 ? inside : Math.min(inside, beyond / step + 1);
      }
    }
    return inside;
  }
}
