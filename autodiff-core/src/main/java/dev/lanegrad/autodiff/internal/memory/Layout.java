package dev.lanegrad.autodiff.internal.memory;

import dev.lanegrad.autodiff.Shape;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where a tensor's elements lie in its storage: element (i0, i1, ...) at {@code offset + i0
 * strides[0] + i1 strides[1] + ...}. Views are arithmetic on layouts.
 */
public record Layout(Shape shape, int[] strides, int offset) {
  /** That of every number alone: looked at for each parameter of an optimizer's step. */
  private static final Layout SCALAR = new Layout(Shape.SCALAR, new int[0], 0);

  public static Layout rowMajor(Shape shape) {
    return shape.rank() == 0 ? SCALAR : new Layout(shape, shape.rowMajorStrides(), 0);
  }

  /** Whether elements lie like those of another, wherever they begin. */
  @SuppressWarnings("ReferenceEquality") // the same one is recognised without a look at it
  public boolean isLike(Layout other) {
    return this == other || (shape.equals(other.shape) && Arrays.equals(strides, other.strides));
  }

  /** Whether the elements follow each other in row-major order. */
  public boolean isContiguous() {
    int[] dims = shape.toArray();
    int step = 1;
    for (int i = dims.length - 1; i >= 0; i--) {
      if (dims[i] != 1 && strides[i] != step) {
        return shape.size() == 0;
      }
      step *= dims[i];
    }
    return true;
  }

  /** Dimension i of the result is dimension {@code axes[i]} of this. */
  public Layout permute(int... axes) {
    int[] dims = new int[axes.length];
    int[] steps = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      dims[i] = shape.dim(axes[i]);
      steps[i] = strides[axes[i]];
    }
    return new Layout(Shape.of(dims), steps, offset);
  }

  /** Elements {@code start}, {@code start + step}, ... along an axis, {@code length} of them. */
  public Layout slice(int axis, int start, int length, int step) {
    int[] dims = shape.toArray();
    int[] steps = strides.clone();
    dims[axis] = length;
    steps[axis] = strides[axis] * step;
    return new Layout(Shape.of(dims), steps, length == 0 ? offset : offset + start * strides[axis]);
  }

  /** The same elements repeated to a larger shape; the shape must broadcast to it. */
  public Layout expand(Shape target) {
    return new Layout(target, broadcastStrides(target), offset);
  }

  /** Strides over a shape that this one broadcasts to: 0 where an element is repeated. */
  public int[] broadcastStrides(Shape target) {
    int[] steps = new int[target.rank()];
    int shift = target.rank() - shape.rank();
    for (int i = 0; i < shape.rank(); i++) {
      steps[i + shift] = shape.dim(i) == 1 ? 0 : strides[i];
    }
    return steps;
  }

  /** The elements in another shape without copying, if the strides allow it. */
  public Optional<Layout> reshape(Shape target) {
    if (isContiguous()) {
      return Optional.of(new Layout(target, target.rowMajorStrides(), offset));
    }
    int[] from = shape.toArray();
    int[] to = target.toArray();
    int[] steps = new int[to.length];
    int i = 0;
    int j = 0;
    while (i < from.length || j < to.length) {
      int iEnd = i;
      int jEnd = j;
      long a = i < from.length ? from[iEnd++] : 1;
      long b = j < to.length ? to[jEnd++] : 1;
      while (a != b) {
        if (a < b) {
          a *= from[iEnd++];
        } else {
          b *= to[jEnd++];
        }
      }
      int step = mergedStride(from, i, iEnd);
      if (step < 0) {
        return Optional.empty();
      }
      for (int k = jEnd - 1; k >= j; k--) {
        steps[k] = step;
        step *= to[k];
      }
      i = iEnd;
      j = jEnd;
    }
    return Optional.of(new Layout(target, steps, offset));
  }

  /** The stride of dimensions i to end taken as one, or -1 if they cannot be. */
  private int mergedStride(int[] dims, int i, int end) {
    int stride = -1;
    long expected = -1;
    for (int k = end - 1; k >= i; k--) {
      if (dims[k] == 1) {
        continue;
      }
      if (stride == -1) {
        if (strides[k] < 0) {
          return -1;
        }
        stride = strides[k];
      } else if (strides[k] != expected) {
        return -1;
      }
      expected = (long) strides[k] * dims[k];
    }
    return stride == -1 ? 0 : stride;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Layout layout
        && shape.equals(layout.shape)
        && Arrays.equals(strides, layout.strides)
        && offset == layout.offset;
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + Arrays.hashCode(strides) + offset;
  }
}
