package dev.lanegrad.autodiff.internal.kernel;

import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;

/**
 * Folds along the rows of [.., rows, columns]: [.., columns], or [.., chunks, columns] where there
 * are more rows than a chunk has.
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
  private final int parts;
  private final int partLength;

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
    int units = stacks.size() * chunks;
    long elements = (long) stacks.size() * rows * columns;
    this.parts = Workers.count(elements * steps.operations(), units);
    this.partLength = Math.ceilDiv(units, parts);
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
      runPart(own, begin, target, 0);
    } else {
      Workers.run(parts, part -> runPart(own, begin, target, part));
    }
  }

  private void runPart(Object[] own, int[] begin, int target, int part) {
    int[] at = new int[rowStrides.length];
    int end = Math.min((part + 1) * partLength, stacks.size() * chunks);
    for (int unit = part * partLength; unit < end; unit++) {
      int first = unit % chunks * CHUNK;
      stacks.locate(begin, unit / chunks, at);
      for (int k = 0; k < begin.length; k++) {
        at[k] += first * rowStrides[k];
      }
      int sums = target + unit * columns;
      LaneTree.fill(own[begin.length], sums, columns, reduction.identity());
      steps.run(own, at, rowStrides, Math.min(CHUNK, rows - first), columns, sums);
    }
  }
}
