package dev.lanegrad.autodiff.internal.kernel.loops;

import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.internal.kernel.arrays.Rows;
import dev.lanegrad.autodiff.internal.kernel.threads.Workers;

/**
 * A step of a {@link FoldLoop} along another dimension than the last, where whole rows are combined
 * with each other, element by element: [.., rows, columns] gives [.., columns], or [.., chunks,
 * columns] where there are more rows than a chunk has.
 */
final class FoldRows implements Plan.Step {
  private static final int CHUNK = 1_024;

  private final Reduction reduction;
  private final FoldSteps steps;
  private final Walk stacks;
  private final int[] rowStrides;
  private final int rows;
  private final int columns;
  private final int chunks;
  private final int output;

  /** Columns that a thread takes at once: all, unless there are too few chunks to share. */
  private final int width;

  private final int pieces;
  private final int units;
  private final int parts;

  FoldRows(Plan.Writer plan, Reduction reduction, Formula formula, Space space, int output) {
    int rank = space.rank();
    this.reduction = reduction;
    this.steps = new FoldSteps(plan.dtype(), reduction, formula, space);
    this.stacks = Walk.over(space, 0, rank - 2);
    this.rowStrides = steps.rowStrides(space.strides(rank - 2));
    this.rows = space.dim(-2);
    this.columns = space.dim(-1);
    this.chunks = chunks(rows);
    this.output = output;
    long operations = (long) stacks.size() * rows * columns * steps.cost();
    int wanted = Math.ceilDiv(Workers.parts(columns, operations), stacks.size() * chunks);
    this.width = Math.ceilDiv(columns, wanted * LaneTree.LANES) * LaneTree.LANES;
    this.pieces = Math.ceilDiv(columns, width);
    this.units = stacks.size() * chunks * pieces;
    this.parts = Workers.parts(units, operations);
  }

  static int chunks(int rows) {
    return Math.ceilDiv(rows, CHUNK);
  }

  @Override
  public void run(Object[] arrays, int[] offsets) {
    Object[] own = steps.arrays(arrays, arrays[output]);
    int[] begin = steps.begin(offsets);
    int target = offsets[output];
    if (parts == 1) {
      runUnits(own, begin, target, 0, units);
    } else {
      Workers.inParts(parts, units, (_, from, end) -> runUnits(own, begin, target, from, end));
    }
  }

  private void runUnits(Object[] own, int[] begin, int target, int from, int end) {
    int[] at = new int[rowStrides.length];
    for (int unit = from; unit < end; unit++) {
      int chunk = unit / pieces;
      int first = chunk % chunks * CHUNK;
      int column = unit % pieces * width;
      stacks.locate(begin, chunk / chunks, at);
      steps.move(at, first, rowStrides, column);
      int count = Math.min(width, columns - column);
      int sums = target + chunk * columns + column;
      Rows.fill(own[begin.length], sums, count, reduction.identity());
      steps.run(own, at, rowStrides, Math.min(CHUNK, rows - first), count, sums);
    }
  }
}
