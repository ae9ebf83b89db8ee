package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.internal.memory.Layout;
import java.util.Locale;

/**
 * An index tensor along one axis, taken as [outer, length, inner], next to a tensor of the same
 * outer and inner dimensions: what gathering and scattering have in common.
 */
final class Indices {
  private final int[] index;
  private final int offset;
  private final int count;
  private final int length;
  private final int inner;
  private final boolean repeated;

  Indices(Tensor indices, int axis) {
    this.repeated = isRepeated(indices, axis);
    Tensor packed = distinct(indices, axis);
    this.index = (int[]) Views.array(packed);
    this.offset = Views.layout(packed).offset();
    this.count = packed.size();
    int[] dims = indices.shape().toArray();
    int after = 1;
    for (int i = axis + 1; i < dims.length; i++) {
      after *= dims[i];
    }
    this.inner = after;
    this.length = dims[axis];
  }

  /** Whether an index holds for all inner elements, as where whole rows are picked. */
  private static boolean isRepeated(Tensor indices, int axis) {
    int[] strides = Views.layout(indices).strides();
    for (int i = axis + 1; i < strides.length; i++) {
      if (strides[i] != 0) {
        return false;
      }
    }
    return indices.size() > 0;
  }

  /** The indices in order, repeated ones once. */
  private static Tensor distinct(Tensor indices, int axis) {
    Layout layout = Views.layout(indices);
    boolean repeated = isRepeated(indices, axis);
    for (int i = axis + 1; i < indices.rank() && repeated; i++) {
      layout = layout.slice(i, 0, 1, 1);
    }
    return Views.contiguous(Views.view(indices, layout));
  }

  /** What is done for neighbours in both tensors, so many from an element of each. */
  interface Run {
    void visit(int indexed, int listed, int length);
  }

  /** Visits all elements in the order of the index tensor. */
  void forEach(int axisLength, Run run) {
    int step = repeated ? inner : 1;
    for (int i = 0; i < count; i++) {
      int listed = i * step;
      int outer = listed / inner / length;
      int indexed = (outer * axisLength + index[offset + i]) * inner + listed % inner;
      run.visit(indexed, listed, step);
    }
  }

  /** How often the elements at a place, as {@link #place} counts them, are visited. */
  int[] visits(int axisLength) {
    int[] visits = new int[count / length * axisLength];
    forEach(axisLength, (indexed, listed, run) -> visits[place(indexed)]++);
    return visits;
  }

  /** The number of an indexed element, or of the row that is visited at once. */
  int place(int indexed) {
    return repeated ? indexed / inner : indexed;
  }

  /** How many elements an axis of the index tensor has. */
  int length() {
    return length;
  }

  /**
   * Checks an index tensor against the shape it picks from.
   *
   * @throws ShapeException if an index is out of range or other dimensions differ
   * @throws DTypeException if the indices are not int32
   */
  static void check(String operation, Shape indexed, Tensor indices, int axis) {
    if (indices.dtype() != DType.INT32) {
      throw new DTypeException(
          "%s: indices must be int32, not %s%s"
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
    int size = indexed.dim(axis);
    Tensor packed = distinct(indices, axis);
    int[] index = (int[]) Views.array(packed);
    int first = Views.layout(packed).offset();
    for (int i = first; i < first + packed.size(); i++) {
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
