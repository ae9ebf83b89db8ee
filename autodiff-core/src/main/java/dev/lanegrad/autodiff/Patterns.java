package dev.lanegrad.autodiff;

import java.util.Locale;

/** Tensors whose elements follow from their place. */
final class Patterns {
  private Patterns() {}

  /** Whether an element of a matrix is 1. */
  interface Cell {
    boolean isOne(int row, int column);
  }

  static Tensor matrix(DType dtype, int rows, int columns, Cell cell) {
    Shape shape = Shape.of(rows, columns);
    double[] values = new double[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = cell.isOne(i / columns, i % columns) ? 1 : 0;
    }
    return Tensor.ofDoubles(DType.FLOAT64, shape, values).cast(dtype);
  }

  static Tensor range(DType dtype, double start, double end, double step) {
    double count = Math.ceil((end - start) / step);
    if (!(count <= Integer.MAX_VALUE)) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "arange: from %s to %s in steps of %s are %,.0f elements: a tensor holds at most %,d",
              start,
              end,
              step,
              count,
              Integer.MAX_VALUE));
    }
    double[] values = new double[(int) Math.max(count, 0)];
    for (int i = 0; i < values.length; i++) {
      values[i] = start + i * step;
    }
    return Tensor.of(values).cast(dtype);
  }

  static Tensor linspace(DType dtype, double first, double last, int count) {
    double[] values = new double[Shape.of(count).size()];
    for (int i = 0; i < count; i++) {
      double share = count == 1 ? 0 : (double) i / (count - 1);
      values[i] = i == count - 1 && count > 1 ? last : first + share * (last - first);
    }
    return Tensor.of(values).cast(dtype);
  }
}
