package dev.lanegrad.autodiff.internal.kernel.loops;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Combines rows of a formula's values, one after the other, into a row of accumulators. */
final class FoldSteps {
  /** Operations in registers at once; beyond, fewer vectors are accumulated side by side. */
  private static final int UNROLLED_OPERATIONS = 48;

  private final int inputs;
  private final int lanes;
  private final int unroll;
  private final int operations;
  private final int cost;
  private final LoopKernel wide;
  private final LoopKernel narrow;
  private final double[] parameters;
  private final int[] arrays;
  private final int[] starts;
  private final int[] columnStrides;

  FoldSteps(DType dtype, Reduction reduction, Formula formula, Space space) {
    this.inputs = space.operands().size();
    this.lanes = Lanes.count(dtype);
    LoopCode code = LoopCode.of(List.of(reduction.combine(Formula.input(inputs), formula)));
    this.operations = code.operations(dtype);
    this.cost = code.cost(dtype);
    this.unroll = unrolled();
    long constant = space.constantAlongRows(inputs);
    this.wide = code.kernel(dtype, new LoopShape(inputs + 1, constant, unroll));
    this.narrow = code.kernel(dtype, new LoopShape(inputs + 1, constant, 1));
    this.parameters = code.parameters();
    this.arrays = space.arrays();
    this.starts = space.offsets();
    this.columnStrides = space.strides(space.rank() - 1);
  }

  private int unrolled() {
    int side = LaneTree.LANES / lanes;
    while (side > 1 && side * operations > UNROLLED_OPERATIONS) {
      side /= 2;
    }
    return side;
  }

  /** See {@link LoopCode#cost}. */
  int cost() {
    return cost;
  }

  /** How far the inputs, and not the accumulators, go on from row to row. */
  int[] rowStrides(int[] ofInputs) {
    return Arrays.copyOf(ofInputs, inputs + 2);
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

  /** Moves on to another row and column of the inputs. */
  void move(int[] at, int row, int[] rowStrides, int column) {
    for (int k = 0; k < inputs; k++) {
      at[k] += row * rowStrides[k] + column * columnStrides[k];
    }
  }

  /**
   * Combines rows into accumulators.
   *
   * @param at where the inputs' first row begins, with room for two more; used up
   * @param sums where the accumulators begin
   */
  void run(Object[] own, int[] at, int[] rowStrides, int rows, int columns, int sums) {
    at[inputs] = sums;
    at[inputs + 1] = sums;
    int done = lanes == 1 ? 0 : run(wide, unroll, own, at, rowStrides, rows, columns);
    if (lanes > 1 && unroll > 1 && done < columns) {
      done += run(narrow, 1, own, at, rowStrides, rows, columns - done);
    }
    if (done < columns) {
      narrow.scalar().run(own, at, rowStrides, parameters, rows, columns - done);
    }
  }

  /** Does as many columns as whole vectors have; how many. */
  private int run(
      LoopKernel kernel,
      int side,
      Object[] own,
      int[] at,
      int[] rowStrides,
      int rows,
      int columns) {
    int width = columns / (side * lanes) * (side * lanes);
    @Nullable Kernel vector = width == 0 ? null : kernel.vector(rows * width);
    if (vector == null) {
      return 0;
    }
    vector.run(own, at, rowStrides, parameters, rows, width);
    move(at, width);
    return width;
  }

  private void move(int[] at, int columns) {
    for (int k = 0; k < inputs; k++) {
      at[k] += columns * columnStrides[k];
    }
    at[inputs] += columns;
    at[inputs + 1] += columns;
  }
}
