package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.memory.Layout;

/**
 * The lines of a tensor along an axis, one after the other: what sorts or searches them then reads
 * memory in order, whichever axis it is.
 *
 * @param array their elements
 * @param offset of the first
 * @param count how many lines there are
 * @param length of each
 */
record Lines(Object array, int offset, int count, int length) {
  static Lines of(Tensor tensor, int axis) {
    Tensor moved = tensor;
    if (axis != tensor.rank() - 1) {
      moved = Views.view(tensor, Views.layout(tensor).permute(axisLast(tensor.rank(), axis)));
    }
    Tensor packed = Views.contiguous(moved);
    int length = tensor.shape().dim(axis);
    int count = length == 0 ? 0 : tensor.size() / length;
    return new Lines(Views.array(packed), Views.layout(packed).offset(), count, length);
  }

  /**
   * The result itself if its lines lie one after the other, else one in which they do; see {@link
   * #putInPlace}.
   */
  static Tensor forWriting(Tensor result, int axis) {
    if (axis == result.rank() - 1) {
      return result;
    }
    Layout rows = Views.layout(result).permute(axisLast(result.rank(), axis));
    return Views.allocate(new TensorType(result.dtype(), rows.shape()));
  }

  /** Stores lines that were written where they belong. */
  static void putInPlace(Tensor written, Tensor result, int axis) {
    int rank = written.rank();
    if (axis == rank - 1) {
      return;
    }
    int[] order = new int[rank];
    for (int i = 0; i < rank; i++) {
      order[i] = i < axis ? i : i == axis ? rank - 1 : i - 1;
    }
    Views.assign(Views.view(written, Views.layout(written).permute(order)), result);
  }

  private static int[] axisLast(int rank, int axis) {
    int[] order = new int[rank];
    for (int i = 0; i < rank; i++) {
      order[i] = i < axis ? i : i == rank - 1 ? axis : i + 1;
    }
    return order;
  }

  /** Where a line begins. */
  int start(int line) {
    return offset + line * length;
  }

  /**
   * Copies chosen elements.
   *
   * @param places for each result its place in the line
   * @param first of the places, and of the results
   */
  void pick(int line, int[] places, int first, int picked, Object results) {
    int start = start(line);
    if (array instanceof float[] from) {
      FloatGather.pick(from, start, places, first, picked, (float[]) results, first);
    } else {
      DoubleGather.pick((double[]) array, start, places, first, picked, (double[]) results, first);
    }
  }
}
