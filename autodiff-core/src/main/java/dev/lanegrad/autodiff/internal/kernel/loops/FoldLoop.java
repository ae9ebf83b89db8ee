package dev.lanegrad.autodiff.internal.kernel.loops;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.internal.kernel.arrays.Rows;
import java.util.ArrayList;
import java.util.List;

/**
 * Combines a formula's values along some dimensions of a space, in an order that depends on the
 * space alone: the plan, one step for each dimension, {@link FoldLines} along the last, {@link
 * FoldRows} along any other.
 *
 * <ul>
 *   <li>Dimensions are folded one at a time, the innermost first. Neighbours that are both folded
 *       count as one, however the operands lie in memory; those of length 1 do not count.
 *   <li>Along the last dimension element c goes to virtual lane c mod 64, in order; the lanes are
 *       then combined as a tree: l with l + 32, with l + 16, and so on.
 *   <li>Along another dimension each result is one chain, in order.
 *   <li>A long dimension is cut into chunks of a fixed length, whose results are folded the same
 *       way; chunks are what threads may share.
 * </ul>
 */
public final class FoldLoop {
  /** Fewer lines side by side are copied one behind the other. */
  private static final int LINES_SIDE_BY_SIDE = 16;

  private final Reduction reduction;
  private final Plan.Writer plan;

  private FoldLoop(Reduction reduction, Plan.Writer plan) {
    this.reduction = reduction;
    this.plan = plan;
  }

  /**
   * The plan for a fold. Its arrays are the inputs, then the result, for the dimensions that are
   * left, in row-major order.
   *
   * @param formula what is combined
   * @param dims the lengths of the space
   * @param reduced which dimensions are folded
   * @param strides of each input along the space's dimensions
   */
  public static Plan plan(
      Reduction reduction,
      Formula formula,
      DType dtype,
      int[] dims,
      boolean[] reduced,
      List<int[]> strides) {
    int inputs = strides.size();
    Plan.Writer plan = new Plan.Writer(dtype, inputs + 1);
    List<Access> operands = new ArrayList<>(inputs);
    for (int k = 0; k < inputs; k++) {
      operands.add(new Access(k, 0, strides.get(k)));
    }
    new FoldLoop(reduction, plan).fold(formula, dims, reduced, operands, inputs);
    return plan.finish();
  }

  private void fold(
      Formula formula, int[] dims, boolean[] reduced, List<Access> inputs, int output) {
    int results = 1;
    boolean empty = false;
    for (int i = 0; i < dims.length; i++) {
      results *= reduced[i] ? 1 : dims[i];
      empty |= reduced[i] && dims[i] == 0;
    }
    if (empty || results == 0) {
      int count = results;
      plan.add(
          (arrays, offsets) ->
              Rows.fill(arrays[output], offsets[output], count, reduction.identity()));
    } else if (inputs.size() <= LoopShape.MAX_INPUTS && MapStages.isSmall(List.of(formula))) {
      List<Access> operands = new ArrayList<>(inputs.size());
      for (Access input : inputs) {
        operands.add(mergeable(input, dims, reduced));
      }
      Space space = Space.of(dims, operands, reduced);
      if (areSideBySide(space)) {
        alongLinesSideBySide(formula, space, output);
      } else {
        fold(formula, space.withUnitStrides(plan, operands.size()), output);
      }
    } else {
      Shape shape = Shape.of(dims);
      int values = plan.temporary(shape.size());
      MapStages.of(List.of(formula), inputs.size()).plan(plan, dims, inputs, values);
      foldAgain(values, dims, reduced, output);
    }
  }

  /** The operand, or a copy of it in which folded dimensions next to each other are one. */
  private Access mergeable(Access operand, int[] dims, boolean[] reduced) {
    int first = -1;
    int outer = -1;
    for (int axis = 0; axis < dims.length; axis++) {
      if (dims[axis] == 1) {
        continue;
      }
      boolean goesOn = outer >= 0 && reduced[outer] && reduced[axis];
      first = goesOn ? first : axis;
      if (goesOn && operand.stride(outer) != operand.stride(axis) * dims[axis]) {
        return plan.packed(dims, operand, dims.length - first);
      }
      outer = axis;
    }
    return operand;
  }

  private void foldAgain(int values, int[] dims, boolean[] reduced, int output) {
    Access operand = new Access(values, 0, Shape.of(dims).rowMajorStrides());
    fold(Formula.input(0), dims, reduced, List.of(operand), output);
  }

  private void fold(Formula formula, Space space, int output) {
    int axis = innermostReduced(space);
    if (axis < 0) {
      map(formula, space, output);
      return;
    }
    int[] left = without(axis, space.dims());
    boolean[] reduced = new boolean[left.length];
    boolean more = false;
    for (int i = 0; i < left.length; i++) {
      reduced[i] = space.reduced()[i < axis ? i : i + 1];
      more |= reduced[i];
    }
    int results = more ? plan.temporary(Shape.of(left).size()) : output;
    if (axis < space.rank() - 1) {
      alongRows(formula, space, axis, results);
    } else if (space.dim(axis) > LaneTree.LANES || isDoneAtOnce(formula, space)) {
      alongLines(formula, space, results);
    } else {
      alongShortLines(formula, space, results);
    }
    if (more) {
      foldAgain(results, left, reduced, output);
    }
  }

  private static int innermostReduced(Space space) {
    int axis = space.rank() - 1;
    while (axis >= 0 && !space.reduced()[axis]) {
      axis--;
    }
    return axis;
  }

  private static int[] without(int axis, int[] values) {
    int[] rest = new int[values.length - 1];
    for (int i = 0; i < rest.length; i++) {
      rest[i] = values[i < axis ? i : i + 1];
    }
    return rest;
  }

  /** The first combination of every element. */
  private void map(Formula formula, Space space, int output) {
    Formula first = reduction.combine(Formula.constant(reduction.identity()), formula);
    MapLoop.plan(plan, LoopCode.of(List.of(first)), space.dims(), space.operands(), output);
  }

  private boolean isDoneAtOnce(Formula formula, Space space) {
    return FoldKernels.combineAtOnce(plan.dtype(), reduction, formula, space.operands().size());
  }

  /** At most one element in each lane: what is left is the tree. */
  private void alongShortLines(Formula formula, Space space, int output) {
    int length = space.dim(-1);
    int lines = Shape.of(space.dims()).size() / length;
    int values = plan.temporary(lines * length);
    map(formula, space, values);
    Access operand = new Access(values, 0, new int[] {length, 1});
    Space mapped =
        Space.of(new int[] {lines, length}, List.of(operand), new boolean[] {false, true});
    if (isDoneAtOnce(Formula.input(0), mapped)) {
      alongLines(Formula.input(0), mapped, output);
      return;
    }
    combine(values, length, lines, output);
  }

  private void alongLines(Formula formula, Space space, int output) {
    int length = space.dim(-1);
    int lines = Shape.of(space.dims()).size() / length;
    int chunks = FoldLines.chunks(length);
    int results = chunks == 1 ? output : plan.temporary(lines * chunks);
    plan.add(new FoldLines(plan, reduction, formula, space, results));
    if (chunks > 1) {
      foldAgain(results, new int[] {lines, chunks}, new boolean[] {false, true}, output);
    }
  }

  /** Whether the elements of a line are apart, but lines neighbours, as in a transposed view. */
  private static boolean areSideBySide(Space space) {
    boolean fits =
        space.rank() == 2
            && !space.reduced()[0]
            && space.reduced()[1]
            && space.dim(0) >= LINES_SIDE_BY_SIDE
            && space.dim(1) > LaneTree.LANES
            && FoldLines.chunks(space.dim(1)) == 1
            && space.operands().size() < LoopShape.MAX_INPUTS;
    for (Access operand : space.operands()) {
      fits = fits && operand.stride(0) == 1 && operand.stride(1) > 1;
    }
    return fits;
  }

  /** What {@link FoldLines} does, for all lines at once: every lane of them is a row. */
  private void alongLinesSideBySide(Formula formula, Space space, int output) {
    int lines = space.dim(0);
    int rest = space.dim(1) % LaneTree.LANES;
    int whole = space.dim(1) - rest;
    int lanes = plan.temporary(LaneTree.LANES * lines);
    List<Access> rows = new ArrayList<>();
    List<Access> last = new ArrayList<>();
    for (Access operand : space.operands()) {
      int step = operand.stride(1);
      int[] strides = {LaneTree.LANES * step, step, 1};
      rows.add(new Access(operand.array(), operand.offset(), strides));
      int offset = operand.offset() + whole * step;
      last.add(new Access(operand.array(), offset, new int[] {step, 1}));
    }
    int[] dims = {whole / LaneTree.LANES, LaneTree.LANES, lines};
    fold(formula, Space.of(dims, rows, new boolean[] {true, false, false}), lanes);
    if (rest > 0) {
      int count = rest * lines;
      int sums = plan.temporary(count);
      last.add(new Access(lanes, 0, new int[] {lines, 1}));
      Formula more = reduction.combine(Formula.input(rows.size()), formula);
      MapLoop.plan(plan, LoopCode.of(List.of(more)), new int[] {rest, lines}, last, sums);
      plan.add(
          (arrays, offsets) ->
              System.arraycopy(arrays[sums], offsets[sums], arrays[lanes], offsets[lanes], count));
    }
    int[] turned = {lines, LaneTree.LANES};
    Access ofLines = plan.packed(turned, new Access(lanes, 0, new int[] {1, lines}), 2);
    combine(ofLines.array(), LaneTree.LANES, lines, output);
  }

  private void combine(int values, int length, int lines, int output) {
    LaneTree tree = new LaneTree(reduction, plan.dtype());
    plan.add(
        (arrays, offsets) ->
            tree.combine(
                arrays[values], offsets[values], length, lines, arrays[output], offsets[output]));
  }

  private void alongRows(Formula formula, Space space, int axis, int output) {
    Space rowsLast = withRowsBeforeColumns(space, axis);
    int rows = rowsLast.dim(-2);
    int columns = rowsLast.dim(-1);
    int chunks = FoldRows.chunks(rows);
    int stacks = Shape.of(rowsLast.dims()).size() / (rows * columns);
    int results = chunks == 1 ? output : plan.temporary(stacks * chunks * columns);
    plan.add(new FoldRows(plan, reduction, formula, rowsLast, results));
    if (chunks > 1) {
      int[] dims = {stacks, chunks, columns};
      foldAgain(results, dims, new boolean[] {false, true, false}, output);
    }
  }

  /** The space with the folded dimension next to the last; results keep their order. */
  private static Space withRowsBeforeColumns(Space space, int axis) {
    int rank = space.rank();
    int[] order = new int[rank];
    for (int i = 0; i < rank; i++) {
      order[i] = i == rank - 2 ? axis : i == rank - 1 ? i : i < axis ? i : i + 1;
    }
    List<Access> operands = new ArrayList<>();
    for (Access operand : space.operands()) {
      operands.add(
          new Access(operand.array(), operand.offset(), ordered(order, operand.strides())));
    }
    return new Space(ordered(order, space.dims()), operands, new boolean[rank]);
  }

  private static int[] ordered(int[] order, int[] values) {
    int[] result = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      result[i] = values[order[i]];
    }
    return result;
  }
}
