package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.memory.Layout;
import dev.lanegrad.autodiff.internal.types.Checks;
import java.util.Locale;

/**
 * An index tensor along one axis, taken as [outer, length, inner], next to a tensor of the same
 * outer and inner dimensions: what gathering and scattering have in common.
 */
final class Indices {
  private final int[] index;
  private final int offset;
  private final int outer;
  private final int length;
  private final int inner;

  /** Whether all outer rows have the same indices, so that they are stored once. */
  private final boolean same;

  /** Whether an index holds for all inner elements, as where whole rows are picked. */
  private final boolean repeated;

  Indices(Tensor indices, int axis) {
    int[] strides = Views.layout(indices).strides();
    this.same = indices.size() > 0 && isRepeated(strides, 0, axis);
    this.repeated = indices.size() > 0 && isRepeated(strides, axis + 1, strides.length);
    Tensor packed = distinct(indices, axis);
    this.index = (int[]) Views.array(packed);
    this.offset = Views.layout(packed).offset();
    Axis along = Axis.of(indices.shape(), axis);
    this.outer = along.outer();
    this.length = along.length();
    this.inner = along.inner();
  }

  private static boolean isRepeated(int[] strides, int from, int to) {
    for (int i = from; i < to; i++) {
      if (strides[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** The indices in order, repeated ones once. */
  private static Tensor distinct(Tensor indices, int axis) {
    Layout layout = Views.layout(indices);
    int[] strides = layout.strides();
    boolean same = indices.size() > 0 && isRepeated(strides, 0, axis);
    boolean repeated = indices.size() > 0 && isRepeated(strides, axis + 1, strides.length);
    for (int i = 0; i < strides.length; i++) {
      if (i < axis ? same : i > axis && repeated) {
        layout = layout.slice(i, 0, 1, 1);
      }
    }
    return Views.contiguous(Views.view(indices, layout));
  }

  /** How many neighbours each index picks: all inner elements of a row, or one. */
  int run() {
    return repeated ? inner : 1;
  }

  /** How many outer rows there are. */
  int outer() {
    return outer;
  }

  /** How many indices an outer row has, each with a run of its own in the tensor next to them. */
  int count() {
    return length * (inner / Math.max(run(), 1));
  }

  /** How many elements an axis of the index tensor has. */
  int length() {
    return length;
  }

  /**
   * What neighbouring indices of an outer row pick. Each has {@code each} numbers, one for each run
   * of {@code run} elements; only one of the two is more than 1.
   *
   * @param first of the numbers, which must not be written to
   * @param count of indices
   * @param base where the row begins that they pick from
   * @param at where the first goes
   */
  record Places(int[] numbers, int first, int count, int each, int run, int base, int at) {}

  /**
   * What indices pick of an axis of the given length.
   *
   * @param index the first, counted through all outer rows; none of the others is in another row
   */
  Places places(int index, int count, int axisLength) {
    int row = index / length;
    int run = Math.max(run(), 1);
    int each = inner / run;
    int first = offset + (index - (same ? row * length : 0)) * each;
    return new Places(this.index, first, count, each, run, row * axisLength * inner, index * inner);
  }

  /**
   * What the indices of an outer row pick: index i the run of number {@code base + numbers[first +
   * i]}, which begins at that times {@link #run}. The numbers must not be written to.
   */
  record Picks(int[] numbers, int first, int base) {
    int run(int i) {
      return base + numbers[first + i];
    }
  }

  /** What an outer row picks of an axis of the given length. */
  Picks picks(int row, int axisLength) {
    int each = inner / run();
    int from = offset + (same ? 0 : row * count());
    int base = row * axisLength * each;
    if (each == 1) {
      return new Picks(index, from, base);
    }
    int[] numbers = new int[count()];
    for (int k = 0; k < length; k++) {
      for (int j = 0; j < each; j++) {
        numbers[k * each + j] = index[from + k * each + j] * each + j;
      }
    }
    return new Picks(numbers, 0, base);
  }

  /**
   * Checks the type of an index tensor against the shape it picks from.
   *
   * @throws ShapeException if other dimensions differ
   * @throws DTypeException if the indices are not int32
   */
  static void checkType(String operation, Shape indexed, TensorType indices, int axis) {
    if (indices.dtype() != DType.INT32) {
      throw new DTypeException(
          "%s: indices must be int32, not %s%s: cast(DType.INT32) makes them so"
              .formatted(operation, indices.dtype(), indices.shape()));
    }
    Checks.axis(operation, indexed, axis);
    int[] expected = indexed.toArray();
    int[] given = indices.shape().toArray();
    if (given.length == expected.length) {
      expected[axis] = given[axis];
    }
    if (!Shape.of(expected).equals(indices.shape())) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "%s: indices of shape %s do not match shape %s outside axis %d",
              operation,
              indices.shape(),
              indexed,
              axis));
    }
  }

  /**
   * Checks the numbers of an index tensor against the shape it picks from.
   *
   * @throws ShapeException if one is out of range
   */
  static void checkRange(String operation, Shape indexed, Tensor indices, int axis) {
    int size = indexed.dim(axis);
    Tensor packed = distinct(indices, axis);
    int[] index = (int[]) Views.array(packed);
    int first = Views.layout(packed).offset();
    int outside = 0; // negative if one is
    for (int i = first; i < first + packed.size(); i++) {
      outside |= index[i] | (size - 1 - index[i]);
    }
    for (int i = first; i < first + packed.size() && outside < 0; i++) {
      if (index[i] < 0 || index[i] >= size) {
        throw new ShapeException(
            String.format(
                Locale.ROOT,
                "%s: index %d is out of range for axis %d of shape %s (0 to %d)",
                operation,
                index[i],
                axis,
                indexed,
                size - 1));
      }
    }
  }
}
