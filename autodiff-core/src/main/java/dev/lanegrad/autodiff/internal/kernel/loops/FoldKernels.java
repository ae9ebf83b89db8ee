package dev.lanegrad.autodiff.internal.kernel.loops;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The loops of a fold: they combine rows of a formula's values, one after the other, into
 * accumulators, which are the last operand.
 */
final class FoldKernels {
  /** Operations in registers at once; beyond, fewer vectors are accumulated side by side. */
  private static final int UNROLLED_OPERATIONS = 48;

  /** Of 16 registers those that accumulators leave hold operands. */
  private static final int MOST_VECTORS = 8;

  /**
   * Longer lines go row by row: there the tree is a small part, and a maximum of 4,096 elements
   * took 1.2 times as long in a loop over lines.
   */
  private static final int LONGEST_AT_ONCE = 2_048;

  private final int inputs;
  private final int lanes;
  private final int group;
  private final int cost;
  private final LoopKernel wide;
  private final LoopKernel narrow;
  private final LoopKernel map;
  private final @Nullable LoopKernel lines;
  private final double[] parameters;
  private final int[] arrays;
  private final int[] starts;
  private final int[] columnStrides;

  /** The loops over rows. */
  FoldKernels(DType dtype, Reduction reduction, Formula formula, Space space) {
    this(dtype, reduction, formula, space, false);
  }

  private FoldKernels(
      DType dtype, Reduction reduction, Formula formula, Space space, boolean alongLines) {
    this.inputs = space.operands().size();
    this.lanes = Lanes.count(dtype);
    LoopCode code = LoopCode.of(List.of(reduction.combine(Formula.input(inputs), formula)));
    int unroll = unrolled(code.operations(dtype));
    this.group = unroll * lanes;
    this.cost = code.cost(dtype);
    long constant = space.constantAlongRows(inputs);
    this.wide = code.kernel(dtype, new LoopShape(inputs + 1, constant, unroll));
    this.narrow = code.kernel(dtype, new LoopShape(inputs + 1, constant, 1));
    this.map = code.kernel(dtype, new LoopShape(inputs + 1, constant, 0));
    int all = LaneTree.LANES / lanes;
    this.lines =
        alongLines && space.dim(-1) <= LONGEST_AT_ONCE && combineAtOnce(dtype, code)
            ? code.kernel(dtype, new LoopShape(inputs + 1, constant, all, reduction))
            : null;
    this.parameters = code.parameters();
    this.arrays = space.arrays();
    this.starts = space.offsets();
    this.columnStrides = space.strides(space.rank() - 1);
  }

  /** The loops along lines. */
  static FoldKernels alongLines(DType dtype, Reduction reduction, Formula formula, Space space) {
    return new FoldKernels(dtype, reduction, formula, space, true);
  }

  /** Whether there is a loop for whole lines of a formula, once it is compiled. */
  static boolean combineAtOnce(DType dtype, Reduction reduction, Formula formula, int inputs) {
    return combineAtOnce(
        dtype, LoopCode.of(List.of(reduction.combine(Formula.input(inputs), formula))));
  }

  private static boolean combineAtOnce(DType dtype, LoopCode code) {
    int vectors = LaneTree.LANES / Lanes.count(dtype);
    return Lanes.canRearrange(dtype) && vectors * code.operations(dtype) <= UNROLLED_OPERATIONS;
  }

  private int unrolled(int operations) {
    int side = Math.min(LaneTree.LANES / lanes, MOST_VECTORS);
    while (side > 1 && side * operations > UNROLLED_OPERATIONS) {
      side /= 2;
    }
    return side;
  }

  /** See {@link LoopCode#cost}. */
  int cost() {
    return cost;
  }

  /** Elements of a vector. */
  int lanes() {
    return lanes;
  }

  /** Columns whose accumulators are in registers at once in the {@link #wide} loop. */
  int group() {
    return group;
  }

  /** Where each input goes from a column to the next. */
  int[] columnStrides() {
    return columnStrides;
  }

  /** The arrays as kernels take them, with one for the accumulators. */
  Object[] arrays(Object[] given, Object accumulators) {
    Object[] own = new Object[inputs + 2];
    for (int k = 0; k < inputs; k++) {
      own[k] = given[arrays[k]];
    }
    own[inputs] = accumulators;
    own[inputs + 1] = accumulators;
    return own;
  }

  /** Where the inputs begin. */
  int[] begin(int[] offsets) {
    int[] begin = new int[inputs];
    for (int k = 0; k < inputs; k++) {
      begin[k] = offsets[arrays[k]] + starts[k];
    }
    return begin;
  }

  /** Moves on to another column. */
  void move(int[] at, int columns) {
    for (int k = 0; k < inputs; k++) {
      at[k] += columns * columnStrides[k];
    }
    at[inputs] += columns;
    at[inputs + 1] += columns;
  }

  /**
   * Distances for kernels, see {@link Kernel}, where groups of columns follow each other.
   *
   * @param rows of the inputs, from row to row
   */
  int[] strides(int[] rows) {
    return Arrays.copyOf(rows, 2 * (inputs + 2));
  }

  /**
   * Distances where each group begins at a line.
   *
   * @param rows of the inputs, from row to row
   * @param lines of the inputs, from line to line
   * @param sums of the accumulators, from line to line
   */
  int[] strides(int[] rows, int[] lines, int sums) {
    int[] strides = strides(rows);
    int first = inputs + 2;
    for (int k = 0; k < inputs; k++) {
      strides[first + k] = lines[k] - (columnStrides[k] == 0 ? 0 : group);
    }
    strides[first + inputs] = sums - group;
    strides[first + inputs + 1] = sums - group;
    return strides;
  }

  /** Distances for {@link #lines}. */
  int[] stridesOfLines(int[] lines) {
    return stridesOfMap(lines, 1);
  }

  /** Distances for {@link #map} where each row has accumulators of its own. */
  int[] stridesOfMap(int[] rows, int sums) {
    int[] strides = strides(rows);
    strides[inputs] = sums;
    strides[inputs + 1] = sums;
    return strides;
  }

  /**
   * Folds rows of whole groups of columns in registers.
   *
   * @return whether it did: not before that loop is compiled
   */
  boolean wide(Object[] own, int[] at, int[] strides, int rows, int columns) {
    return run(wide.vector(rows * columns), own, at, strides, rows, columns);
  }

  /** {@link #wide} in groups of one vector. */
  boolean narrow(Object[] own, int[] at, int[] strides, int rows, int columns) {
    return run(narrow.vector(rows * columns), own, at, strides, rows, columns);
  }

  /** Whether whole lines are folded in registers, as soon as that loop is compiled. */
  boolean takeLines() {
    return lines != null;
  }

  /**
   * Folds whole lines, see {@link LineWriter}.
   *
   * @return whether it did
   */
  boolean lines(Object[] own, int[] at, int[] strides, int count, int length) {
    return lines != null && run(lines.vector(count * length), own, at, strides, count, length);
  }

  private boolean run(
      @Nullable Kernel kernel, Object[] own, int[] at, int[] strides, int rows, int columns) {
    if (kernel == null) {
      return false;
    }
    kernel.run(own, at, strides, parameters, rows, columns);
    return true;
  }

  /** Combines row by row, with accumulators in memory, which may be others for each row. */
  void map(Object[] own, int[] at, int[] strides, int rows, int columns) {
    int whole = columns / lanes * lanes;
    Kernel vector = lanes == 1 || whole == 0 ? null : map.vector(rows * whole);
    int done = 0;
    if (vector != null) {
      vector.run(own, at, strides, parameters, rows, whole);
      move(at, whole);
      done = whole;
    }
    if (done < columns) {
      mapElements(own, at, strides, rows, columns - done);
    }
  }

  /** {@link #map} without vectors. */
  void mapElements(Object[] own, int[] at, int[] strides, int rows, int columns) {
    map.scalar().run(own, at, strides, parameters, rows, columns);
    move(at, columns);
  }
}
