package dev.lanegrad.autodiff;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Tensors whose elements follow from their place. */
final class Patterns {
  private Patterns() {}

  /** Whether an element of a matrix is 1. */
  interface Cell {
    boolean isOne(int row, int column);
  }

  static Tensor matrix(DType dtype, int rows, int columns, Cell cell) {
    if (!dtype.isFloating()) {
      return matrix(DType.FLOAT32, rows, columns, cell).cast(dtype);
    }
    return Tensor.written(
        dtype,
        Shape.of(rows, columns),
        array -> {
          for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
              if (cell.isOne(i, j)) {
                set(array, i * columns + j, 1);
              }
            }
          }
        });
  }

  private static void set(Object array, int at, double value) {
    if (array instanceof float[] floats) {
      floats[at] = (float) value;
    } else {
      ((double[]) array)[at] = value;
    }
  }

  static Tensor identity(DType dtype, int n) {
    if (!dtype.isFloating()) {
      return identity(DType.FLOAT32, n).cast(dtype);
    }
    return Tensor.written(
        dtype,
        Shape.of(n, n),
        array -> {
          for (int i = 0; i < n; i++) {
            set(array, i * n + i, 1);
          }
        });
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
    if (!dtype.isFloating()) {
      return held("arange", dtype, range(DType.FLOAT64, start, end, step));
    }
    int size = (int) Math.max(count, 0);
    return Tensor.written(
        dtype,
        Shape.of(size),
        array -> {
          for (int i = 0; i < size; i++) {
            set(array, i, start + i * step);
          }
        });
  }

  static Tensor linspace(DType dtype, double first, double last, int count) {
    if (!dtype.isFloating()) {
      return held("linspace", dtype, linspace(DType.FLOAT64, first, last, count));
    }
    double steps = Math.max(count - 1, 1);
    return Tensor.written(
        dtype,
        Shape.of(count),
        array -> {
          for (int i = 0; i < count; i++) {
            double value = first + i / steps * (last - first);
            set(array, i, i == steps ? last : value);
          }
        });
  }

  /** Numbers in a dtype that must have each of them. */
  private static Tensor held(String operation, DType dtype, Tensor numbers) {
    for (double number : numbers.toDoubleArray()) {
      dtype.requireHolding(operation, number);
    }
    return numbers.cast(dtype);
  }

  static Tensor normal(RandomGenerator random, DType dtype, Shape shape) {
    int size = shape.size();
    return Tensor.written(
        dtype,
        shape,
        array -> {
          for (int i = 0; i < size; i++) {
            set(array, i, random.nextGaussian());
          }
        });
  }

  static Tensor uniform(RandomGenerator random, DType dtype, double low, double high, Shape shape) {
    double largest = dtype == DType.FLOAT32 ? Float.MAX_VALUE : Double.MAX_VALUE;
    if (!(low <= high && -largest <= low && high <= largest && high - low <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "uniform: needs finite low <= high of %s, not [%s, %s]".formatted(dtype, low, high));
    }
    double[] values = new double[shape.size()];
    double below = dtype == DType.FLOAT32 ? Math.nextDown((float) high) : Math.nextDown(high);
    Arrays.setAll(
        values, i -> Math.min(low + (high - low) * random.nextDouble(), Math.max(low, below)));
    return Tensor.ofDoubles(dtype, shape, values);
  }

  /** Rows or planes of one shape in a tensor of so many dimensions. */
  static Tensor stacked(List<Tensor> rows, DType dtype, int rank) {
    for (int r = 1; r < rows.size(); r++) {
      if (!rows.get(r).shape().equals(rows.getFirst().shape())) {
        throw new ShapeException(
            String.format(
                Locale.ROOT,
                "of: row 0 has shape %s, row %d has %s",
                rows.getFirst().shape(),
                r,
                rows.get(r).shape()));
      }
    }
    return rows.isEmpty() ? Tensor.zeros(dtype, new int[rank]) : Tensor.stack(0, rows);
  }
}
