package dev.lanegrad.autodiff;

import java.util.Arrays;
import java.util.Locale;

/** Axis arguments: negative ones count from the end, as in NumPy. */
public final class Axes {
  private Axes() {}

  /**
   * The axis as a number from 0 to rank - 1.
   *
   * @throws ShapeException if there is no such axis
   */
  public static int normalize(String operation, int axis, Shape shape) {
    int rank = shape.rank();
    if (axis < -rank || axis >= rank) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "%s: axis %d is out of range for shape %s (%s)",
              operation,
              axis,
              shape,
              rank == 0 ? "a scalar has no axes" : "from " + -rank + " to " + (rank - 1)));
    }
    return axis < 0 ? axis + rank : axis;
  }

  /**
   * All axes if none are given, else the given ones normalised and sorted, each at most once.
   *
   * @throws ShapeException if there is no such axis, or one is given twice
   */
  public static int[] normalizeAll(String operation, int[] axes, Shape shape) {
    if (axes.length == 0) {
      int[] all = new int[shape.rank()];
      Arrays.setAll(all, axis -> axis);
      return all;
    }
    if (axes.length == 1) {
      return new int[] {normalize(operation, axes[0], shape)};
    }
    int[] sorted = Arrays.stream(axes).map(a -> normalize(operation, a, shape)).sorted().toArray();
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] == sorted[i - 1]) {
        throw new ShapeException(
            String.format(
                Locale.ROOT,
                "%s: axis %d is given twice in %s for shape %s",
                operation,
                sorted[i],
                Arrays.toString(axes),
                shape));
      }
    }
    return sorted;
  }
}
