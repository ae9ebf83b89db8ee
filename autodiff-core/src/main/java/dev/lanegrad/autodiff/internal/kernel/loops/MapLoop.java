package dev.lanegrad.autodiff.internal.kernel.loops;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.internal.kernel.arrays.Scratch;
import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;
import dev.lanegrad.autodiff.internal.kernel.threads.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Evaluates formulas for every index of a space and writes the results: cuts the space into blocks
 * that a {@link Kernel} takes. How it is cut never changes a bit of the result.
 */
final class MapLoop implements Plan.Step {
  /** Rows shorter than this many vectors that do not end on one are joined to longer ones. */
  private static final int SHORT_ROW_VECTORS = 8;

  private final LoopKernel kernel;
  private final double[] parameters;
  private final int inputs;
  private final int lanes;

  private final Operands operands;
  private final int columns;
  private final Walk rows;

  /** One row, which may be cut between vectors. */
  private final boolean flat;

  /** Whether vectors may be stored that reach beyond the end, where arrays are long enough. */
  private final boolean mayGoOn;

  /** What is shared: rows, or vectors of the one row. */
  private final int units;

  private final int parts;

  /**
   * The arrays, as the kernel takes them.
   *
   * @param numbers of the arrays in the plan
   * @param inOrder whether operand k is the plan's array k
   * @param starts counted from where each array is said to begin
   */
  private record Operands(
      int[] numbers, boolean inOrder, int[] starts, int[] columnStrides, int[] rowStrides) {
    static Operands of(Space space) {
      int[] numbers = space.arrays();
      int rank = space.rank();
      return new Operands(
          numbers,
          Arrays.equals(numbers, IntStream.range(0, numbers.length).toArray()),
          space.offsets(),
          space.strides(rank - 1),
          rank == 1 ? new int[numbers.length] : space.strides(rank - 2));
    }

    int count() {
      return numbers.length;
    }

    Object[] among(Object[] given) {
      if (inOrder) {
        return given;
      }
      Object[] own = new Object[numbers.length];
      for (int k = 0; k < numbers.length; k++) {
        own[k] = given[numbers[k]];
      }
      return own;
    }

    int[] begin(int[] offsets) {
      int[] begin = new int[numbers.length];
      for (int k = 0; k < numbers.length; k++) {
        begin[k] = offsets[numbers[k]] + starts[k];
      }
      return begin;
    }

    void shift(int[] at, int distance) {
      for (int k = 0; k < at.length; k++) {
        at[k] += distance * columnStrides[k];
      }
    }

    /** Whether every array goes on long enough for the last vector to be a whole one. */
    boolean reach(Object[] own, int[] at, int width) {
      for (int k = 0; k < at.length; k++) {
        if (columnStrides[k] != 0 && at[k] + width > Scratch.length(own[k])) {
          return false;
        }
      }
      return true;
    }
  }

  private MapLoop(LoopCode code, Plan.Writer plan, int inputs, Space space) {
    DType dtype = plan.dtype();
    int rank = space.rank();
    this.inputs = inputs;
    this.lanes = Lanes.count(dtype);
    this.kernel = code.kernel(dtype, new LoopShape(inputs, space.constantAlongRows(inputs), 0));
    this.parameters = code.parameters();
    this.operands = Operands.of(space);
    this.columns = space.dim(-1);
    this.flat = rank == 1;
    this.mayGoOn = flat && !plan.isExact();
    this.rows = Walk.over(space, 0, rank - 1);
    this.units = flat ? Math.ceilDiv(columns, lanes) : rows.size();
    long elements = (long) rows.size() * columns;
    this.parts = Workers.parts(units, elements * code.cost(dtype));
  }

  /**
   * Adds to a plan what evaluates formulas.
   *
   * @param dims the lengths of the space
   * @param inputs the operands, with strides along the space's dimensions
   * @param outputs the numbers of the arrays that results go to, in row-major order; an output may
   *     be the very operand that an input is, but not overlap one otherwise
   */
  static void plan(
      Plan.Writer plan, LoopCode code, int[] dims, List<Access> inputs, int... outputs) {
    Shape shape = Shape.of(dims);
    if (shape.size() == 0) {
      return;
    }
    List<Access> operands = new ArrayList<>(inputs);
    for (int output : outputs) {
      operands.add(new Access(output, 0, shape.rowMajorStrides()));
    }
    Space space = Space.of(dims, operands, new boolean[dims.length]);
    cut(plan, code, inputs.size(), space.withUnitStrides(plan, inputs.size()));
  }

  private static void cut(Plan.Writer plan, LoopCode code, int inputs, Space space) {
    int lanes = Lanes.count(plan.dtype());
    int columns = space.dim(-1);
    boolean shortRows = lanes > 1 && columns % lanes != 0 && columns < SHORT_ROW_VECTORS * lanes;
    if (shortRows && space.rank() > 1) {
      joinRows(plan, code, inputs, space, lanes / gcd(columns, lanes));
    } else {
      plan.add(new MapLoop(code, plan, inputs, space));
    }
  }

  /**
   * A bias of 10 elements over [100, 10] becomes one of 80 over [12, 80] and one of 40 over [1,
   * 40]: as many rows are taken together as make whole vectors, with what repeats written out.
   */
  private static void joinRows(
      Plan.Writer plan, LoopCode code, int inputs, Space space, int together) {
    int rows = space.dim(-2);
    if (space.rank() == 2 && rows > 2 * together) {
      int main = rows / together;
      int[] dims = {main, together, space.dim(-1)};
      cut(plan, code, inputs, split(space, 0, dims, together));
      if (rows % together != 0) {
        int[] rest = {rows % together, space.dim(-1)};
        cut(plan, code, inputs, split(space, main * together, rest, 1));
      }
      return;
    }
    List<Access> joined = new ArrayList<>();
    for (Access operand : space.operands()) {
      boolean rowsFollow =
          operand.lastStride() == 1 && operand.stride(space.rank() - 2) == space.dim(-1);
      joined.add(rowsFollow ? operand : plan.packed(space.dims(), operand, 2));
    }
    cut(plan, code, inputs, Space.of(space.dims(), joined, space.reduced()));
  }

  /** Rows from {@code start} on, in groups if {@code dims} has three dimensions. */
  private static Space split(Space space, int start, int[] dims, int together) {
    List<Access> parts = new ArrayList<>();
    for (Access operand : space.operands()) {
      int step = operand.stride(0);
      int[] strides =
          dims.length == 3
              ? new int[] {step * together, step, operand.stride(1)}
              : operand.strides();
      parts.add(new Access(operand.array(), operand.offset() + start * step, strides));
    }
    return new Space(dims, parts, new boolean[dims.length]);
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  @Override
  public void run(Object[] given, int[] offsets) {
    Object[] own = operands.among(given);
    int[] begin = operands.begin(offsets);
    if (parts == 1) {
      runUnits(own, begin, 0, units);
    } else {
      Workers.inParts(parts, units, (_, from, end) -> runUnits(own, begin, from, end));
    }
  }

  private void runUnits(Object[] own, int[] begin, int from, int end) {
    int[] at = parts == 1 && flat ? begin : begin.clone();
    if (flat) {
      operands.shift(at, from * lanes);
      block(own, at, 1, Math.min(end * lanes, columns) - from * lanes);
      return;
    }
    int together = rows.dims().length == 0 ? 1 : rows.dims()[rows.dims().length - 1];
    int row = from;
    while (row < end) {
      int count = Math.min(together - row % together, end - row);
      rows.locate(begin, row, at);
      block(own, at, count, columns);
      row += count;
    }
  }

  /** Rows that follow each other; {@code at} is used up. */
  private void block(Object[] own, int[] at, int count, int width) {
    Kernel vector = count * width < lanes ? null : kernel.vector(count * width);
    if (vector == null) {
      kernel.scalar().run(own, at, operands.rowStrides, parameters, count, width);
      return;
    }
    int whole = width / lanes * lanes;
    if (whole == width) {
      vector.run(own, at, operands.rowStrides, parameters, count, width);
    } else if (mayGoOn && operands.reach(own, at, whole + lanes)) {
      vector.run(own, at, operands.rowStrides, parameters, 1, whole + lanes);
    } else {
      if (whole > 0) {
        vector.run(own, at, operands.rowStrides, parameters, count, whole);
      }
      boolean overlap = whole > 0 && !isInPlace(own);
      int start = overlap ? width - lanes : whole;
      operands.shift(at, start);
      Kernel last = overlap ? vector : kernel.scalar();
      last.run(own, at, operands.rowStrides, parameters, count, width - start);
    }
  }

  @SuppressWarnings("ReferenceEquality") // the same array, not an equal one
  private boolean isInPlace(Object[] own) {
    for (int output = inputs; output < operands.count(); output++) {
      for (int input = 0; input < inputs; input++) {
        if (own[input] == own[output]) {
          return true;
        }
      }
    }
    return false;
  }
}
