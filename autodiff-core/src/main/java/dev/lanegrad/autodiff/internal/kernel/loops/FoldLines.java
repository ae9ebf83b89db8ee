package dev.lanegrad.autodiff.internal.kernel.loops;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.internal.kernel.arrays.Rows;
import dev.lanegrad.autodiff.internal.kernel.arrays.Scratch;
import dev.lanegrad.autodiff.internal.kernel.threads.Workers;

/**
 * A step of a {@link FoldLoop} along the last dimension of [.., length], where the elements of a
 * line are combined with each other: one result for each line, or for each chunk of a line where it
 * is longer than a chunk. Several lines at a time have their lanes filled, and then combined.
 */
final class FoldLines implements Plan.Step {
  private static final int CHUNK = 16_384;

  /** Lines whose operands may fit into the L1 cache, with one result each. */
  private static final int AT_ONCE = 256;

  /** Elements of a line for which a vector kernel more is not worth its compilation. */
  private static final int MOST_LEFT = 512;

  /** Lines whose lanes fit well into the L1 cache. */
  private static final int TOGETHER = 32;

  private static final int LANES = LaneTree.LANES;

  private final Reduction reduction;
  private final FoldKernels kernels;
  private final LaneTree tree;
  private final Walk lines;

  /** From one element of a line to the next. */
  private final int[] elementStrides;

  /** Rows are the lanes of one line, groups are lines. */
  private final int[] laneStrides;

  /** Rows are lines. */
  private final int[] lineStrides;

  /** Rows are lines that have one result each. */
  private final int[] strides;

  private final Object table;

  /** Lines that lie at equal distances. */
  private final int neighbours;

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
    this.kernels = FoldKernels.alongLines(dtype, reduction, formula, space);
    this.tree = new LaneTree(reduction, dtype);
    this.lines = Walk.over(space, 0, rank - 1);
    this.elementStrides = kernels.columnStrides();
    this.length = space.dim(-1);
    this.chunks = chunks(length);
    this.neighbours = rank == 1 || chunks > 1 ? 1 : space.dim(-2);
    int[] rows = elementStrides.clone();
    for (int k = 0; k < rows.length; k++) {
      rows[k] *= LANES;
    }
    int[] each = rank == 1 ? new int[rows.length] : space.strides(rank - 2);
    this.laneStrides = kernels.strides(rows, each, LANES);
    this.lineStrides = kernels.stridesOfMap(each, LANES);
    this.strides = kernels.stridesOfLines(each);
    this.table = LineWriter.table(dtype);
    this.output = output;
    this.units = lines.size() * chunks;
    long elements = (long) lines.size() * length;
    this.parts = Workers.parts(units, elements * kernels.cost());
    this.lanes = plan.temporary(parts * TOGETHER * LANES);
  }

  static int chunks(int length) {
    return Math.ceilDiv(length, CHUNK);
  }

  @Override
  public void run(Object[] arrays, int[] offsets) {
    Object[] own = kernels.arrays(arrays, arrays[lanes]);
    int[] begin = kernels.begin(offsets);
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
    int sums = part * TOGETHER * LANES;
    int[] at = new int[begin.length + 2];
    Object accumulators = own[begin.length];
    if (kernels.takeLines()) {
      runLines(own, begin, at, results, target, sums, from, end);
      return;
    }
    for (int first = from; first < end; first += TOGETHER) {
      int group = Math.min(TOGETHER, end - first);
      Rows.fill(accumulators, sums, group * LANES, reduction.identity());
      int alike;
      for (int i = 0; i < group; i += alike) {
        int unit = first + i;
        alike = Math.min(group - i, neighbours - unit % neighbours);
        accumulate(own, begin, at, unit, alike, sums + i * LANES, false);
      }
      tree.combine(accumulators, sums, LANES, group, results, target + first);
    }
  }

  /** Lines in registers, and those one by one behind which an array ends. */
  @SuppressWarnings("SuspiciousSystemArraycopy") // both are arrays of the same kind
  private void runLines(
      Object[] own,
      int[] begin,
      int[] at,
      Object results,
      int target,
      int sums,
      int from,
      int end) {
    Object accumulators = own[begin.length];
    Object[] ofLines = own.clone();
    ofLines[begin.length + 1] = table;
    int count;
    for (int unit = from; unit < end; unit += count) {
      int first = unit % chunks * CHUNK;
      int elements = Math.min(CHUNK, length - first);
      int alike = Math.min(AT_ONCE, neighbours - unit % neighbours);
      locate(begin, at, unit / chunks, first, sums);
      at[begin.length + 1] = 0;
      count = linesInside(own, at, Math.min(alike, end - unit), elements);
      if (count > 0 && kernels.lines(ofLines, at, strides, count, elements)) {
        System.arraycopy(accumulators, sums, results, target + unit, count);
      } else {
        boolean waits =
            count > 0; // then a kernel for the time until the other is ready is too much
        count = 1;
        Rows.fill(accumulators, sums, LANES, reduction.identity());
        accumulate(own, begin, at, unit, 1, sums, waits || elements <= MOST_LEFT);
        tree.combine(accumulators, sums, Math.min(elements, LANES), 1, results, target + unit);
      }
    }
  }

  /** Of how many lines whole vectors can be read. */
  private int linesInside(Object[] own, int[] at, int most, int elements) {
    int width = Math.ceilDiv(elements, kernels.lanes()) * kernels.lanes();
    int inside = most;
    for (int k = 0; k < elementStrides.length; k++) {
      if (elementStrides[k] != 0) {
        int beyond = Scratch.length(own[k]) - at[k] - width;
        inside =
            beyond < 0 ? 0 : strides[k] <= 0 ? inside : Math.min(inside, beyond / strides[k] + 1);
      }
    }
    return inside;
  }

  /** Fills the lanes of lines at equal distances, or of one chunk. */
  private void accumulate(
      Object[] own, int[] begin, int[] at, int unit, int count, int sums, boolean scalar) {
    int first = unit % chunks * CHUNK;
    int elements = Math.min(CHUNK, length - first);
    int rows = elements / LANES;
    for (int lane = 0; rows > 0 && lane < LANES; lane += kernels.group()) {
      locate(begin, at, unit / chunks, first + lane, sums + lane);
      if (scalar) {
        kernels.mapElements(own, at, laneStrides, rows, kernels.group());
      } else if (!kernels.wide(own, at, laneStrides, rows, count * kernels.group())) {
        for (int i = 0; i < count; i++) {
          locate(begin, at, unit / chunks + i, first + lane, sums + i * LANES + lane);
          kernels.map(own, at, laneStrides, rows, kernels.group());
        }
      }
    }
    if (rows * LANES < elements) {
      locate(begin, at, unit / chunks, first + rows * LANES, sums);
      if (scalar) {
        kernels.mapElements(own, at, lineStrides, count, elements - rows * LANES);
      } else {
        kernels.map(own, at, lineStrides, count, elements - rows * LANES);
      }
    }
  }

  private void locate(int[] begin, int[] at, int line, int element, int sums) {
    lines.locate(begin, line, at);
    for (int k = 0; k < begin.length; k++) {
      at[k] += element * elementStrides[k];
    }
    at[begin.length] = sums;
    at[begin.length + 1] = sums;
  }
}
