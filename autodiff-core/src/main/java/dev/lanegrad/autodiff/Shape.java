package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.internal.Present;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The lengths of a tensor's dimensions; a scalar's shape is {@code []}. Immutable. */
public final class Shape {
  /** That of one number, []. */
  public static final Shape SCALAR = new Shape(new int[0]);

  private final int[] dims;
  private final int size;

  private Shape(int[] dims) {
    this.dims = dims;
    boolean empty = false;
    for (int dim : dims) {
      if (dim < 0) {
        throw new ShapeException("shape " + Arrays.toString(dims) + ": a dimension is negative");
      }
      empty |= dim == 0;
    }
    long size = empty ? 0 : 1;
    for (int dim : dims) {
      size *= dim;
      if (size > Integer.MAX_VALUE) {
        throw new ShapeException(
            String.format(
                Locale.ROOT,
                "shape %s: %,d elements or more, but a tensor holds at most %,d",
                Arrays.toString(dims),
                size,
                Integer.MAX_VALUE));
      }
    }
    this.size = (int) size;
  }

  /**
   * A shape from the lengths of its dimensions; none make {@link #SCALAR}.
   *
   * @throws ShapeException if one is negative, or a tensor could not hold as many elements
   */
  public static Shape of(int... dims) {
    return dims.length == 0 ? SCALAR : new Shape(dims.clone());
  }

  /** A shape that an operation was given, which is named where it is none. */
  static Shape given(String operation, int... dims) {
    Present.of(operation, "shape", dims);
    for (int dim : dims) {
      if (dim < 0) {
        throw new ShapeException(
            "%s: a dimension of %s is negative".formatted(operation, Arrays.toString(dims)));
      }
    }
    return of(dims);
  }

  /** The number of dimensions. */
  public int rank() {
    return dims.length;
  }

  /** The number of elements; 1 for a scalar. */
  public int size() {
    return size;
  }

  /**
   * The length of a dimension; negative axes count from the end.
   *
   * @throws ShapeException if there is no such axis
   */
  public int dim(int axis) {
    return dims[Axes.normalize("dim", axis, this)];
  }

  /** The lengths of the dimensions, as a new array. */
  public int[] toArray() {
    return dims.clone();
  }

  /** This shape with the dimensions at sorted, non-negative axes set to 1. */
  Shape keepingAxes(int... axes) {
    int[] kept = dims.clone();
    for (int axis : axes) {
      kept[axis] = 1;
    }
    return new Shape(kept);
  }

  /** Distances between neighbours along each dimension when elements lie in row-major order. */
  public int[] rowMajorStrides() {
    int[] strides = new int[dims.length];
    int step = 1;
    for (int i = dims.length - 1; i >= 0; i--) {
      strides[i] = step;
      step *= Math.max(dims[i], 1);
    }
    return strides;
  }

  /**
   * The shape that several broadcast to by NumPy's rule: aligned at the last dimension, each length
   * is the same or 1.
   *
   * @throws ShapeException naming {@code operation} and all shapes if they do not broadcast
   */
  public static Shape broadcast(String operation, List<Shape> shapes) {
    Present.of(operation, "shapes", shapes);
    Shape[] all = shapes.toArray(new Shape[0]); // loops over lists are compiled three times over
    Shape widest = SCALAR;
    for (Shape shape : all) {
      if (shape == null) {
        Present.all(operation, "shapes", shapes); // names it
      } else if (!shape.fits(widest)) {
        widest = shape;
      }
    }
    for (Shape shape : all) {
      if (!shape.fits(widest)) {
        return joined(operation, shapes);
      }
    }
    return widest;
  }

  /** Whether this one is repeated to another: the usual case, for which no shape is made. */
  private boolean fits(Shape other) {
    int shift = other.dims.length - dims.length;
    if (shift < 0 || dims.length == 0) {
      return shift >= 0;
    }
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] != 1 && dims[i] != other.dims[shift + i]) {
        return false;
      }
    }
    return true;
  }

  private static Shape joined(String operation, List<Shape> shapes) {
    int rank = 0;
    for (Shape shape : shapes) {
      rank = Math.max(rank, shape.rank());
    }
    int[] result = new int[rank];
    Arrays.fill(result, 1);
    for (Shape shape : shapes) {
      for (int i = 0; i < shape.rank(); i++) {
        int axis = rank - shape.rank() + i;
        int dim = shape.dims[i];
        if (dim != 1 && result[axis] != 1 && dim != result[axis]) {
          throw new ShapeException(
              String.format(
                  Locale.ROOT,
                  "%s: shapes do not broadcast: %s (%d against %d in dimension %d)",
                  operation,
                  join(shapes),
                  result[axis],
                  dim,
                  axis - rank));
        }
        if (dim != 1) {
          result[axis] = dim;
        }
      }
    }
    return of(result);
  }

  /** Shapes as messages show them: {@code [2, 3] x [3]}. */
  public static String join(List<Shape> shapes) {
    return Present.all("join", "shapes", shapes).stream()
        .map(Shape::toString)
        .collect(Collectors.joining(" x "));
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof Shape shape && Arrays.equals(dims, shape.dims));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  @Override
  public String toString() {
    return Arrays.toString(dims);
  }
}
