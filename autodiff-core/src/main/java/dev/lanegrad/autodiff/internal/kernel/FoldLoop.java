package dev.lanegrad.autodiff.internal.kernel;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.internal.memory.Runs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Combines a formula's values along some dimensions of a space, in an order that depends on the
 * space alone.
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
  static final int LANES = 64;
  private static final int CHUNK_OF_ELEMENTS = 16_384;
  private static final int CHUNK_OF_ROWS = 1_024;

  private static final BoundedCache<Key, FoldLoop> KNOWN = new BoundedCache<>(4_096);

  /** Operations in registers at once; beyond, fewer vectors are accumulated side by side. */
  private static final int UNROLLED_OPERATIONS = 48;

  private final Reduction reduction;
  private final Formula formula;
  private final DType dtype;
  private final int inputs;
  private final LoopCode step;
  private final Formula first;
  private final int unroll;
  private final boolean small;

  private record Key(Reduction reduction, Formula formula, DType dtype, int inputs) {}

  private FoldLoop(Key key) {
    this.reduction = key.reduction;
    this.formula = key.formula;
    this.dtype = key.dtype;
    this.inputs = key.inputs;
    this.step = LoopCode.of(List.of(reduction.combine(Formula.input(inputs), formula)));
    this.first = reduction.combine(Formula.constant(reduction.identity()), formula);
    this.unroll = unrolled(Lanes.count(dtype));
    this.small = MapStages.isSmall(List.of(formula));
  }

  /**
   * Folds.
   *
   * @param formula what is combined, of {@code inputs}
   * @param dims the lengths of the space
   * @param reduced which dimensions are folded
   * @param inputs the operands, with strides along the space's dimensions
   * @param output receives the results for the dimensions that are left, in row-major order
   */
  public static void run(
      Reduction reduction,
      Formula formula,
      DType dtype,
      int[] dims,
      boolean[] reduced,
      List<Operand> inputs,
      Object output) {
    int results = 1;
    boolean empty = false;
    for (int i = 0; i < dims.length; i++) {
      results *= reduced[i] ? 1 : dims[i];
      empty |= reduced[i] && dims[i] == 0;
    }
    if (empty || results == 0) {
      LaneTree.fill(output, 0, results, reduction.identity());
      return;
    }
    FoldLoop loop = KNOWN.get(new Key(reduction, formula, dtype, inputs.size()), FoldLoop::new);
    if (!loop.small) {
      Operand values = evaluated(formula, dtype, dims, inputs);
      run(reduction, Formula.input(0), dtype, dims, reduced, List.of(values), output);
      return;
    }
    List<Operand> operands = new ArrayList<>(inputs.size());
    for (Operand input : inputs) {
      operands.add(mergeable(input, dims, reduced));
    }
    Space space = MapLoop.unitStrides(Space.of(dims, operands, reduced), operands.size());
    loop.fold(space, output);
  }

  /** The operand, or a copy of it in which folded dimensions next to each other are one. */
  private static Operand mergeable(Operand operand, int[] dims, boolean[] reduced) {
    int first = -1;
    int outer = -1;
    for (int axis = 0; axis < dims.length; axis++) {
      if (dims[axis] == 1) {
        continue;
      }
      boolean goesOn = outer >= 0 && reduced[outer] && reduced[axis];
      first = goesOn ? first : axis;
      if (goesOn && operand.stride(outer) != operand.stride(axis) * dims[axis]) {
        Space space = new Space(dims, List.of(operand), reduced);
        return space.packed(operand, dims.length - first);
      }
      outer = axis;
    }
    return operand;
  }

  /** The values of a formula that is too large for one loop. */
  private static Operand evaluated(Formula formula, DType dtype, int[] dims, List<Operand> inputs) {
    Shape shape = Shape.of(dims);
    Operand values = new Operand(Scratch.of(dtype, shape.size()), 0, shape.rowMajorStrides());
    MapStages.of(List.of(formula), inputs.size()).run(dtype, dims, inputs, List.of(values));
    return values;
  }

  private void fold(Space space, Object output) {
    int axis = innermostReduced(space);
    if (axis < 0) {
      map(first, space, output);
      return;
    }
    int[] left = without(axis, space.dims());
    boolean[] reduced = new boolean[left.length];
    int size = 1;
    boolean more = false;
    for (int i = 0; i < left.length; i++) {
      reduced[i] = space.reduced()[i < axis ? i : i + 1];
      more |= reduced[i];
      size *= left[i];
    }
    Object results = more ? Scratch.of(dtype, size) : output;
    if (axis < space.rank() - 1) {
      alongRows(space, axis, results);
    } else if (space.dim(axis) <= LANES) {
      alongShortRows(space, results);
    } else {
      alongLongRows(space, results);
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

  private void map(Formula mapped, Space space, Object output) {
    Operand target = new Operand(output, 0, Shape.of(space.dims()).rowMajorStrides());
    LoopCode code = LoopCode.of(List.of(mapped));
    MapLoop.run(code, dtype, space.dims(), space.operands(), List.of(target));
  }

  private void foldAgain(Object partial, int[] dims, boolean[] reduced, Object output) {
    Operand operand = new Operand(partial, 0, Shape.of(dims).rowMajorStrides());
    run(reduction, Formula.input(0), dtype, dims, reduced, List.of(operand), output);
  }

  /** At most one element in each lane: what is left is the tree. */
  private void alongShortRows(Space space, Object output) {
    int length = space.dim(-1);
    int rows = Shape.of(space.dims()).size() / length;
    Object values = Scratch.of(dtype, rows * length);
    map(first, space, values);
    for (int r = 0; r < rows; r++) {
      LaneTree.combine(reduction, values, r * length, length, output, r);
    }
  }

  private void alongLongRows(Space space, Object output) {
    int length = space.dim(-1);
    int chunks = Math.ceilDiv(length, CHUNK_OF_ELEMENTS);
    int[] outer = Arrays.copyOf(space.dims(), space.rank() - 1);
    int[] strides = space.strides(space.rank() - 1);
    Object partial = chunks == 1 ? output : Scratch.of(dtype, chunks);
    Object lanes = Scratch.of(dtype, chunks * LANES);
    int[] done = {0};
    Runs.forEach(
        outer,
        space.strides(),
        space.offsets(),
        offsets -> {
          shareChunks(
              chunks,
              length,
              c -> {
                int start = c * CHUNK_OF_ELEMENTS;
                int count = Math.min(CHUNK_OF_ELEMENTS, length - start);
                int at = c * LANES;
                accumulateLanes(space, moved(offsets, strides, start), count, lanes, at);
                int result = chunks == 1 ? done[0] : c;
                LaneTree.combine(reduction, lanes, at, LANES, partial, result);
              });
          if (chunks > 1) {
            Object total = Scratch.of(dtype, 1);
            foldAgain(partial, new int[] {chunks}, new boolean[] {true}, total);
            System.arraycopy(total, 0, output, done[0], 1);
          }
          done[0]++;
        });
  }

  /** Has threads share the chunks of a fold over so many elements. */
  private void shareChunks(int chunks, long elements, Workers.Parts chunk) {
    int parts = Workers.count(elements * step.operations(dtype), chunks);
    int length = Math.ceilDiv(chunks, parts);
    Workers.run(
        parts,
        part -> {
          for (int c = part * length; c < Math.min(chunks, (part + 1) * length); c++) {
            chunk.run(c);
          }
        });
  }

  private void accumulateLanes(Space space, int[] offsets, int count, Object lanes, int at) {
    LaneTree.fill(lanes, at, LANES, reduction.identity());
    int[] unit = space.strides(space.rank() - 1);
    int whole = count / LANES;
    steps(space, offsets, scaled(unit, LANES), whole, LANES, lanes, at);
    int rest = count - whole * LANES;
    if (rest > 0) {
      steps(space, moved(offsets, unit, whole * LANES), unit, 1, rest, lanes, at);
    }
  }

  private void alongRows(Space space, int axis, Object output) {
    int rows = space.dim(axis);
    int columns = space.dim(-1);
    int chunks = Math.ceilDiv(rows, CHUNK_OF_ROWS);
    int[] outer = without(axis, space.dims());
    outer = Arrays.copyOf(outer, outer.length - 1);
    int[][] outerStrides =
        space.operands().stream().map(o -> without(axis, o.strides())).toArray(int[][]::new);
    int[] rowStrides = space.strides(axis);
    Object sums = Scratch.of(dtype, chunks * columns);
    int[] done = {0};
    Runs.forEach(
        outer,
        outerStrides,
        space.offsets(),
        offsets -> {
          LaneTree.fill(sums, 0, chunks * columns, reduction.identity());
          shareChunks(
              chunks,
              (long) rows * columns,
              c -> {
                int start = c * CHUNK_OF_ROWS;
                int count = Math.min(CHUNK_OF_ROWS, rows - start);
                int[] from = moved(offsets, rowStrides, start);
                steps(space, from, rowStrides, count, columns, sums, c * columns);
              });
          Object total = sums;
          if (chunks > 1) {
            total = Scratch.of(dtype, columns);
            foldAgain(sums, new int[] {chunks, columns}, new boolean[] {true, false}, total);
          }
          System.arraycopy(total, 0, output, done[0], columns);
          done[0] += columns;
        });
  }

  private static int[] moved(int[] offsets, int[] strides, int steps) {
    int[] moved = offsets.clone();
    for (int k = 0; k < strides.length; k++) {
      moved[k] += strides[k] * steps;
    }
    return moved;
  }

  private static int[] scaled(int[] strides, int factor) {
    return Arrays.stream(strides).map(s -> s * factor).toArray();
  }

  /** Combines rows one after the other into {@code columns} accumulators. */
  private void steps(
      Space space, int[] from, int[] strides, int rows, int columns, Object sums, int at) {
    Object[] arrays = Arrays.copyOf(space.arrays(), inputs + 2);
    arrays[inputs] = sums;
    arrays[inputs + 1] = sums;
    int[] offsets = Arrays.copyOf(from, inputs + 2);
    offsets[inputs] = at;
    offsets[inputs + 1] = at;
    int[] rowStrides = Arrays.copyOf(strides, inputs + 2);
    long constant = MapLoop.constantAlongRows(space, inputs);
    int lanes = Lanes.count(dtype);
    int done = 0;
    for (int side = unroll; side >= 1 && lanes > 1; side = side == 1 ? 0 : 1) {
      int width = side * lanes;
      int wide = (columns - done) / width * width;
      Kernel vector = wide == 0 ? null : kernel(constant, side).vector(rows * wide);
      if (vector != null) {
        int[] moved = shifted(space, offsets, done);
        vector.run(arrays, moved, rowStrides, step.parameters(), rows, wide);
        done += wide;
      }
    }
    if (done < columns) {
      int[] moved = shifted(space, offsets, done);
      Kernel scalar = kernel(constant, 1).scalar();
      scalar.run(arrays, moved, rowStrides, step.parameters(), rows, columns - done);
    }
  }

  private LoopKernel kernel(long constant, int side) {
    return step.kernel(dtype, new LoopShape(inputs + 1, constant, side));
  }

  private int unrolled(int lanes) {
    int operations = step.operations(dtype);
    int side = LANES / lanes;
    while (side > 1 && side * operations > UNROLLED_OPERATIONS) {
      side /= 2;
    }
    return side;
  }

  private int[] shifted(Space space, int[] offsets, int columns) {
    int[] shifted = offsets.clone();
    for (int k = 0; k < inputs; k++) {
      shifted[k] += columns * space.operands().get(k).lastStride();
    }
    shifted[inputs] += columns;
    shifted[inputs + 1] += columns;
    return shifted;
  }
}
