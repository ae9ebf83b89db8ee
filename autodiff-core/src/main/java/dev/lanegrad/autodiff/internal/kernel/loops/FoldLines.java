package dev.lanegrad.autodiff.internal.kernel.loops;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.internal.kernel.arrays.Rows;
import dev.lanegrad.autodiff.internal.kernel.threads.Workers;

/**
 * A step of a {@link FoldLoop} along the last dimension of [.., length], where the elements of a
 * line are combined with each other: one result for each line, or for each chunk of a line where it
 * is longer than a chunk. Several lines at a time have their lanes filled, and then combined.
 */
final class FoldLines implements Plan.Step {
  private static final int CHUNK = 16_384;

  /** Lines whose lanes fit well into the L1 cache. */
  private static final int TOGETHER = 32;

  private static final int LANES = LaneTree.LANES;

  private final Reduction reduction;
  private final FoldSteps steps;
  private final LaneTree tree;
  private final Walk lines;
  private final int[] rowStrides;

  /** From one element of a line to the next. */
  private final int[] restStrides;

  private final int length;
  private final int chunks;
  private final int output;
  private final int lanes;
  private final int units;
  private final int parts;

  FoldLines(Plan.Writer plan, Reduction reduction, Formula formula, Space space, int output) {
    DType dtype = plan.dtype();
    int rank = space.rank();
    this.reduction = reduction;
    this.steps = new FoldSteps(dtype, reduction, formula, space);
    this.tree = new LaneTree(reduction, dtype);
    this.lines = Walk.over(space, 0, rank - 1);
    this.restStrides = steps.rowStrides(space.strides(rank - 1));
    this.rowStrides = restStrides.clone();
    for (int k = 0; k < rowStrides.length; k++) {
      rowStrides[k] *= LANES;
    }
    this.length = space.dim(-1);
    this.chunks = chunks(length);
    this.output = output;
    this.units = lines.size() * chunks;
    long elements = (long) lines.size() * length;
    this.parts = Workers.parts(units, elements * steps.cost());
    this.lanes = plan.temporary(parts * TOGETHER * LANES);
  }

  static int chunks(int length) {
    return Math.ceilDiv(length, CHUNK);
  }

  @Override
  public void run(Object[] arrays, int[] offsets) {
    Object[] own = steps.arrays(arrays, arrays[lanes]);
    int[] begin = steps.begin(offsets);
    Object results = arrays[output];
    int target = offsets[output];
    if (parts == 1) {
      runPart(own, begin, results, target, 0, 0, units);
    } else {
      Workers.inParts(
          parts, units, (part, from, end) -> runPart(own, begin, results, target, part, from, end));
    }
  }

  private void runPart(
      Object[] own, int[] begin, Object results, int target, int part, int from, int end) {
    int[] at = new int[rowStrides.length];
    int sums = part * TOGETHER * LANES;
    for (int first = from; first < end; first += TOGETHER) {
      int group = Math.min(TOGETHER, end - first);
      Rows.fill(own[begin.length], sums, group * LANES, reduction.identity());
      for (int i = 0; i < group; i++) {
        accumulate(own, begin, at, first + i, sums + i * LANES);
      }
      tree.combine(own[begin.length], sums, LANES, group, results, target + first);
    }
  }

  private void accumulate(Object[] own, int[] begin, int[] at, int chunk, int sums) {
    int first = chunk % chunks * CHUNK;
    int count = Math.min(CHUNK, length - first);
    int whole = count / LANES;
    locate(begin, at, chunk / chunks, first);
    steps.run(own, at, rowStrides, whole, LANES, sums);
    if (whole * LANES < count) {
      locate(begin, at, chunk / chunks, first + whole * LANES);
      steps.run(own, at, restStrides, 1, count - whole * LANES, sums);
    }
  }

  private void locate(int[] begin, int[] at, int line, int element) {
    lines.locate(begin, line, at);
    for (int k = 0; k < begin.length; k++) {
      at[k] += element * restStrides[k];
    }
  }
}
