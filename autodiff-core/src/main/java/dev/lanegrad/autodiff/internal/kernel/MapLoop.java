package dev.lanegrad.autodiff.internal.kernel;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.memory.Runs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Evaluates formulas for every index of a space and writes the results: cuts the space into blocks
 * that a {@link Kernel} takes. How it is cut never changes a bit of the result.
 */
final class MapLoop {
  /** Rows shorter than this many vectors that do not end on one are joined to longer ones. */
  private static final int SHORT_ROW_VECTORS = 8;

  private final LoopCode code;
  private final DType dtype;
  private final int inputs;
  private final int lanes;
  private final boolean inPlace;

  private MapLoop(LoopCode code, DType dtype, int inputs, boolean inPlace) {
    this.code = code;
    this.dtype = dtype;
    this.inputs = inputs;
    this.lanes = Lanes.count(dtype);
    this.inPlace = inPlace;
  }

  /**
   * Runs the formulas.
   *
   * @param dims the lengths of the space
   * @param inputs the operands, with strides along the space's dimensions
   * @param outputs where results go, in row-major order; an output may be the very operand that an
   *     input is, but not overlap one otherwise
   */
  @SuppressWarnings("ReferenceEquality") // the same array, not an equal one
  static void run(
      LoopCode code, DType dtype, int[] dims, List<Operand> inputs, List<Operand> outputs) {
    for (int dim : dims) {
      if (dim == 0) {
        return;
      }
    }
    boolean inPlace = false;
    for (Operand output : outputs) {
      for (Operand input : inputs) {
        inPlace |= input.array() == output.array();
      }
    }
    List<Operand> operands = new ArrayList<>(inputs);
    operands.addAll(outputs);
    Space space = Space.of(dims, operands, new boolean[dims.length]);
    new MapLoop(code, dtype, inputs.size(), inPlace).run(unitStrides(space, inputs.size()));
  }

  /** Inputs that jump from element to element along the last dimension are copied first. */
  @SuppressWarnings("ReferenceEquality") // unchanged, not equal
  static Space unitStrides(Space space, int inputs) {
    Space result = space;
    for (int k = 0; k < inputs; k++) {
      Operand operand = space.operands().get(k);
      int stride = operand.lastStride();
      if (stride != 0 && stride != 1) {
        result = result.with(k, space.packed(operand, 1));
      }
    }
    return result == space ? space : Space.of(result.dims(), result.operands(), result.reduced());
  }

  private void run(Space space) {
    int columns = space.dim(-1);
    boolean shortRows = lanes > 1 && columns % lanes != 0 && columns < SHORT_ROW_VECTORS * lanes;
    if (space.rank() == 1) {
      cutColumns(space, columns);
    } else if (shortRows) {
      joinRows(space);
    } else {
      int rank = space.rank();
      int[] outer = Arrays.copyOf(space.dims(), rank - 2);
      int[] rowStrides = space.strides(rank - 2);
      Runs.forEach(
          outer,
          space.strides(),
          space.offsets(),
          offsets -> cutRows(space, offsets, rowStrides, space.dim(-2), columns));
    }
  }

  /** One long row, cut between vectors. */
  private void cutColumns(Space space, int columns) {
    int[] rowStrides = new int[space.operands().size()];
    int vectors = Math.ceilDiv(columns, lanes);
    int parts = Workers.count((long) columns * code.operations(dtype), vectors);
    int length = Math.ceilDiv(vectors, parts) * lanes;
    Workers.run(
        parts,
        part -> {
          int start = Math.min(part * length, columns);
          int count = Math.min(length, columns - start);
          if (count > 0) {
            block(space, shifted(space, space.offsets(), start), rowStrides, 1, count);
          }
        });
  }

  private void cutRows(Space space, int[] offsets, int[] rowStrides, int rows, int columns) {
    int parts = Workers.count((long) rows * columns * code.operations(dtype), rows);
    int length = Math.ceilDiv(rows, parts);
    int[] from = parts == 1 ? offsets : offsets.clone();
    Workers.run(
        parts,
        part -> {
          int start = Math.min(part * length, rows);
          int count = Math.min(length, rows - start);
          if (count > 0) {
            int[] shifted = from.clone();
            for (int k = 0; k < shifted.length; k++) {
              shifted[k] += start * rowStrides[k];
            }
            block(space, shifted, rowStrides, count, columns);
          }
        });
  }

  /**
   * A bias of 10 elements over [100, 10] becomes one of 80 over [12, 80] and one of 40 over [1,
   * 40]: as many rows are taken together as make whole vectors, with what repeats written out.
   */
  private void joinRows(Space space) {
    int rows = space.dim(-2);
    int together = lanes / gcd(space.dim(-1), lanes);
    if (space.rank() == 2 && rows > 2 * together) {
      int main = rows / together;
      run(split(space, 0, new int[] {main, together, space.dim(-1)}, together));
      if (rows % together != 0) {
        run(split(space, main * together, new int[] {rows % together, space.dim(-1)}, 1));
      }
      return;
    }
    List<Operand> joined = new ArrayList<>();
    for (int k = 0; k < space.operands().size(); k++) {
      Operand operand = space.operands().get(k);
      boolean rowsFollow =
          operand.lastStride() == 1 && operand.stride(space.rank() - 2) == space.dim(-1);
      joined.add(rowsFollow ? operand : space.packed(operand, 2));
    }
    run(Space.of(space.dims(), joined, space.reduced()));
  }

  /** Rows from {@code start} on, in groups if {@code dims} has three dimensions. */
  private static Space split(Space space, int start, int[] dims, int together) {
    List<Operand> parts = new ArrayList<>();
    for (Operand operand : space.operands()) {
      int step = operand.stride(0);
      int[] strides =
          dims.length == 3
              ? new int[] {step * together, step, operand.stride(1)}
              : operand.strides();
      parts.add(new Operand(operand.array(), operand.offset() + start * step, strides));
    }
    return new Space(dims, parts, new boolean[dims.length]);
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  private void block(Space space, int[] offsets, int[] rowStrides, int rows, int columns) {
    LoopKernel kernel = code.kernel(dtype, shape(space));
    Object[] arrays = space.arrays();
    Kernel vector = rows * columns < lanes ? null : kernel.vector(rows * columns);
    if (vector == null) {
      kernel.scalar().run(arrays, offsets, rowStrides, code.parameters(), rows, columns);
      return;
    }
    int whole = columns / lanes * lanes;
    int rest = columns - whole;
    if (rest == 0) {
      vector.run(arrays, offsets, rowStrides, code.parameters(), rows, columns);
    } else if (space.rank() == 1 && reaches(space, offsets, whole + lanes)) {
      vector.run(arrays, offsets, rowStrides, code.parameters(), 1, whole + lanes);
    } else {
      if (whole > 0) {
        vector.run(arrays, offsets, rowStrides, code.parameters(), rows, whole);
      }
      boolean overlap = whole > 0 && !inPlace;
      int start = overlap ? columns - lanes : whole;
      Kernel last = overlap ? vector : kernel.scalar();
      int[] shifted = shifted(space, offsets, start);
      last.run(arrays, shifted, rowStrides, code.parameters(), rows, columns - start);
    }
  }

  private LoopShape shape(Space space) {
    return new LoopShape(inputs, constantAlongRows(space, inputs), 0);
  }

  static long constantAlongRows(Space space, int inputs) {
    long mask = 0;
    for (int k = 0; k < inputs; k++) {
      if (space.operands().get(k).lastStride() == 0) {
        mask |= 1L << k;
      }
    }
    return mask;
  }

  /** Whether every array goes on long enough for the last vector to be a whole one. */
  private static boolean reaches(Space space, int[] offsets, int columns) {
    for (int k = 0; k < offsets.length; k++) {
      Operand operand = space.operands().get(k);
      if (operand.lastStride() != 0 && offsets[k] + columns > operand.length()) {
        return false;
      }
    }
    return true;
  }

  private static int[] shifted(Space space, int[] offsets, int columns) {
    int[] shifted = offsets.clone();
    for (int k = 0; k < shifted.length; k++) {
      shifted[k] += columns * space.operands().get(k).lastStride();
    }
    return shifted;
  }
}
