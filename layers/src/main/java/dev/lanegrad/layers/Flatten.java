package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.Arrays;
import java.util.Locale;

/**
 * The dimensions from one axis to another, both included, as one.
 *
 * <p>Shapes: {@code [n, a, b, ..] -> [n, a b ..]} for all axes after the first.
 *
 * @param first a negative one counts from the end
 * @param last a negative one counts from the end
 */
public record Flatten(int first, int last) implements Layer {
  /**
   * The axes to be joined.
   *
   * @throws IllegalArgumentException if the first axis comes after the last
   */
  public Flatten {
    if (first > last && (first < 0) == (last < 0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "flatten: the first dimension %d must not come after the last %d",
              first,
              last));
    }
  }

  /** All dimensions after the first as one. */
  public Flatten() {
    this(1, -1);
  }

  /**
   * A view where the strides allow it.
   *
   * @throws ShapeException if the input has no dimension at the first axis or before it, or the
   *     last axis comes before that
   */
  @Override
  public Tensor forward(Tensor x) {
    Shape shape = x.shape();
    int rank = shape.rank();
    int from = first < 0 ? first + rank : first;
    int to = last < 0 ? last + rank : last;
    if (from == rank && rank > 0 && to == rank - 1) {
      return x.unsqueeze(rank);
    }
    if (from < 0 || to >= rank || from > to) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "flatten: there are no dimensions from %d to %d in %s",
              first,
              last,
              shape));
    }
    int[] dims = shape.toArray();
    int[] flat = Arrays.copyOf(dims, rank - (to - from));
    flat[from] = product(shape, from, to);
    System.arraycopy(dims, to + 1, flat, from + 1, rank - to - 1);
    return x.reshape(flat);
  }

  /** Too much for an int only where a dimension outside of these is 0. */
  private static int product(Shape shape, int from, int to) {
    long product = 1;
    for (int axis = from; axis <= to; axis++) {
      product = Math.min(product * shape.dim(axis), Integer.MAX_VALUE + 1L);
    }
    if (product > Integer.MAX_VALUE) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "flatten: dimensions %d to %d of %s have no product in an int",
              from,
              to,
              shape));
    }
    return (int) product;
  }
}
