package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.op.Cast;
import dev.lanegrad.autodiff.internal.op.Expand;
import dev.lanegrad.autodiff.internal.op.Gather;
import dev.lanegrad.autodiff.internal.op.OneHot;
import dev.lanegrad.autodiff.internal.op.Pad;
import dev.lanegrad.autodiff.internal.op.Permute;
import dev.lanegrad.autodiff.internal.op.Reshape;
import dev.lanegrad.autodiff.internal.op.ScatterAdd;
import dev.lanegrad.autodiff.internal.op.Slice;
import dev.lanegrad.autodiff.internal.op.Split;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The methods of {@link Tensor} that move elements without changing them. Those that only look at
 * the same elements in another order or shape give views. Negative axes count from the end. PyTorch
 * has the same names, with an underscore between words, where nothing else is said.
 *
 * <p>Operations read views as they lie where they can. Where one must be copied, a transposed
 * matrix of float32 takes up to three times as long as in PyTorch, which transposes in registers:
 * the copy's loops move element by element, for every dtype and stride alike.
 */
public sealed interface ShapeMethods permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /**
   * The elements in row-major order in another shape, {@code [2, 6] -> [3, 4]}; one dimension may
   * be -1. PyTorch: {@code reshape}, {@code view}.
   *
   * @throws ShapeException if it has another number of elements
   */
  default Tensor reshape(int... shape) {
    if (Arrays.equals(Present.of("reshape", "shape", shape), self().shape().toArray())) {
      return self();
    }
    return Reshape.to(self().shape(), shape).applyTo(self());
  }

  /**
   * The elements in row-major order in another shape, {@code [2, 6] -> [3, 4]}.
   *
   * @throws ShapeException if it has another number of elements
   */
  default Tensor reshape(Shape shape) {
    if (Present.of("reshape", "shape", shape).equals(self().shape())) {
      return self();
    }
    return Reshape.to(self().shape(), shape.toArray()).applyTo(self());
  }

  /**
   * Dimension i of the result is dimension {@code axes[i]}, as a view.
   *
   * @throws ShapeException unless each axis is there once
   */
  default Tensor permute(int... axes) {
    Integer[] order = new Integer[axes.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = Axes.normalize("permute", axes[i], self().shape());
    }
    return new Permute(List.of(order)).applyTo(self());
  }

  /**
   * The transposed matrix: the last two axes exchanged, as a view, {@code [.., n, m] -> [.., m,
   * n]}. PyTorch: {@code mT}, of a matrix {@code t()}.
   *
   * @throws ShapeException if there are less than two axes
   */
  default Tensor transpose() {
    return self().rank() == 2 ? Permute.TRANSPOSE.applyTo(self()) : transpose(-2, -1);
  }

  /**
   * Two axes exchanged, as a view: {@code [.., n, .., m, ..] -> [.., m, .., n, ..]}.
   *
   * @throws ShapeException if there is no such axis
   */
  default Tensor transpose(int a, int b) {
    Shape shape = self().shape();
    int first = Axes.normalize("transpose", a, shape);
    int second = Axes.normalize("transpose", b, shape);
    int[] order = new int[shape.rank()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i == first ? second : i == second ? first : i;
    }
    return permute(order);
  }

  /**
   * Elements repeated to a larger shape by NumPy's rule, as a view; -1 keeps the length that a
   * dimension has.
   *
   * @throws ShapeException if this shape does not broadcast to the larger one
   */
  default Tensor expand(int... shape) {
    Shape from = self().shape();
    int[] dims = Present.of("expand", "shape", shape).clone();
    int added = dims.length - from.rank();
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] == -1 && i < added) {
        throw new ShapeException(
            "expand: -1 at the beginning of %s: shape %s has no such dimension to keep"
                .formatted(Arrays.toString(shape), from));
      }
      dims[i] = dims[i] == -1 ? from.dim(i - added) : dims[i];
    }
    return expand(Shape.given("expand", dims));
  }

  /**
   * Elements repeated to a larger shape by NumPy's rule, as a view.
   *
   * @throws ShapeException if this shape does not broadcast to the larger one
   */
  default Tensor expand(Shape shape) {
    return self().shape().equals(Present.of("expand", "shape", shape))
        ? self()
        : new Expand(shape).applyTo(self());
  }

  /**
   * Without an axis of length 1, {@code [.., 1, ..] -> [.., ..]}.
   *
   * @throws ShapeException if it has another length
   */
  default Tensor squeeze(int axis) {
    Shape shape = self().shape();
    int chosen = Axes.normalize("squeeze", axis, shape);
    if (shape.dim(chosen) != 1) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "squeeze: axis %d of shape %s has length %d, not 1",
              axis,
              shape,
              shape.dim(chosen)));
    }
    int[] dims = new int[shape.rank() - 1];
    Arrays.setAll(dims, i -> shape.dim(i < chosen ? i : i + 1));
    return reshape(dims);
  }

  /**
   * With a new axis of length 1 at a position from 0 to the rank, or from -rank - 1 to -1: {@code
   * [.., ..] -> [.., 1, ..]}.
   *
   * @throws ShapeException if the position is another
   */
  default Tensor unsqueeze(int axis) {
    Shape shape = self().shape();
    int rank = shape.rank() + 1;
    if (axis < -rank || axis >= rank) {
      throw new ShapeException(
          String.format(
              Locale.ROOT, "unsqueeze: position %d is out of range for shape %s", axis, shape));
    }
    int chosen = axis < 0 ? axis + rank : axis;
    int[] dims = new int[rank];
    for (int i = 0; i < rank; i++) {
      dims[i] = i == chosen ? 1 : shape.dim(i < chosen ? i : i - 1);
    }
    return reshape(dims);
  }

  /**
   * Elements from index {@code start} (inclusive) to {@code end} (exclusive) along an axis, as a
   * view: {@code [.., n, ..] -> [.., end - start, ..]}. PyTorch: {@code x[start:end]}.
   *
   * @throws ShapeException if they do not lie in the axis
   */
  default Tensor slice(int axis, int start, int end) {
    return slice(axis, start, end, 1);
  }

  /**
   * Every {@code step}-th element from {@code start} (inclusive) to {@code end} (exclusive) along
   * an axis, as a view; a negative start or end counts from the end. PyTorch: {@code
   * x[start:end:step]}.
   *
   * @param step at least 1
   * @throws ShapeException if they do not lie in the axis
   */
  default Tensor slice(int axis, int start, int end, int step) {
    Shape shape = self().shape();
    int chosen = Axes.normalize("slice", axis, shape);
    int size = shape.dim(chosen);
    int first = start < 0 ? start + size : start;
    int last = end < 0 ? end + size : end;
    if (first < 0 || last < first || last > size || step < 1) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "slice: %d to %d with step %d does not lie in axis %d of shape %s",
              start,
              end,
              step,
              axis,
              shape));
    }
    return new Slice(chosen, first, Math.ceilDiv(last - first, step), step).applyTo(self());
  }

  /**
   * Picks elements along an axis: y[i, j] = x[i, index[i, j]] for axis 1 of a matrix. The result
   * has the shape of the int32 indices.
   *
   * @throws ShapeException if shapes differ in another axis, or an index is not in the axis
   * @throws DTypeException if indices are not int32
   */
  default Tensor gather(int axis, Tensor indices) {
    return new Gather(Axes.normalize("gather", axis, self().shape()))
        .applyTo(self(), Present.of("gather", "indices", indices));
  }

  /**
   * The elements in another dtype and the same shape: rounded to the nearest number, cut off
   * towards 0 to int32, true where not 0. PyTorch: {@code to}.
   *
   * @throws IllegalArgumentException if int32 has no such number, as NaN or 3e9
   */
  default Tensor cast(DType dtype) {
    return self().dtype() == dtype ? self() : new Cast(dtype).applyTo(self());
  }

  /**
   * Elements in reverse order along axes, or along all, as a view of the same shape.
   *
   * @throws ShapeException if there is no such axis
   */
  default Tensor flip(int... axes) {
    Tensor flipped = self();
    for (int axis : Axes.normalizeAll("flip", axes, self().shape())) {
      int length = self().shape().dim(axis);
      flipped = new Slice(axis, Math.max(length - 1, 0), length, -1).applyTo(flipped);
    }
    return flipped;
  }

  /**
   * The elements at one index of an axis, which is dropped, as a view: {@code [.., n, ..] -> [..,
   * ..]}. A negative index counts from the end. PyTorch: {@code select}, {@code x[index]}.
   *
   * @throws ShapeException if there is no such index
   */
  default Tensor select(int axis, int index) {
    int chosen = Axes.normalize("select", axis, self().shape());
    int length = self().shape().dim(chosen);
    if (index < -length || index >= length) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "select: index %d is out of range for axis %d of shape %s",
              index,
              axis,
              self().shape()));
    }
    int from = index < 0 ? index + length : index;
    return new Slice(chosen, from, 1, 1).applyTo(self()).squeeze(chosen);
  }

  /**
   * Parts of a length along an axis, as views; the last one may be shorter.
   *
   * @throws ShapeException if the length is not at least 1
   */
  default List<Tensor> split(int axis, int length) {
    int chosen = Axes.normalize("split", axis, self().shape());
    return new Split(chosen, length).apply(List.of(self()));
  }

  /**
   * {@code value} added {@code before} and {@code after} the elements of an axis: {@code [.., n,
   * ..] -> [.., before + n + after, ..]}. PyTorch: {@code torch.nn.functional.pad}.
   *
   * @throws ShapeException if one is negative, or the result too large
   * @throws DTypeException if the elements are neither float32 nor float64
   */
  default Tensor pad(int axis, int before, int after, double value) {
    int chosen = Axes.normalize("pad", axis, self().shape());
    return new Pad(chosen, before, after, value).applyTo(self());
  }

  /**
   * The slices along an axis that a vector of int32 indices names, in that order: {@code [.., n,
   * ..] -> [.., indices, ..]}.
   *
   * @throws ShapeException if indices are no vector, or one is not in the axis
   * @throws DTypeException if indices are not int32
   */
  default Tensor indexSelect(int axis, Tensor indices) {
    if (indices.rank() != 1) {
      throw new ShapeException(
          "indexSelect: indices must be a vector, not of shape %s".formatted(indices.shape()));
    }
    int chosen = Axes.normalize("indexSelect", axis, self().shape());
    int[] dims = self().shape().toArray();
    int[] aligned = new int[dims.length];
    Arrays.fill(aligned, 1);
    aligned[chosen] = indices.size();
    dims[chosen] = indices.size();
    return gather(chosen, indices.reshape(aligned).expand(Shape.of(dims)));
  }

  /**
   * The adjoint of {@link #gather}: y[i, index[i, j]] += x[i, j] over an axis of a given size, in
   * the order of the indices; more than 1,024 terms of float32 are added in float64. PyTorch:
   * {@code torch.zeros(..).scatter_add(axis, indices, this)}.
   *
   * @throws ShapeException if shapes differ, or an index is not in the axis
   * @throws DTypeException if indices are not int32
   */
  default Tensor scatterAdd(int axis, int size, Tensor indices) {
    int chosen = Axes.normalize("scatterAdd", axis, self().shape());
    return new ScatterAdd(chosen, size)
        .applyTo(self(), Present.of("scatterAdd", "indices", indices));
  }

  /**
   * 1 at the place that each int32 index names, 0 elsewhere, along a new last axis: {@code [..] ->
   * [.., classes]}. PyTorch: {@code torch.nn.functional.one_hot}.
   *
   * @throws ShapeException if an index is not from 0 to {@code classes - 1}
   * @throws DTypeException if the indices are not int32, or {@code dtype} is not floating
   */
  default Tensor oneHot(DType dtype, int classes) {
    return new OneHot(classes, dtype).applyTo(self());
  }

  /** All elements in row-major order, as a vector {@code [size]}. */
  default Tensor flatten() {
    return reshape(self().size());
  }
}
