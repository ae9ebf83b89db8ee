package dev.lanegrad.autodiff;

/** Tensors whose elements follow from their place. */
final class Patterns {
  private Patterns() {}

  /** Whether an element of a matrix is 1. */
  interface Cell {
    boolean isOne(int row, int column);
  }

  static Tensor matrix(DType dtype, int rows, int columns, Cell cell) {
    Shape shape = Shape.of(rows, columns);
    int size = shape.size();
    if (dtype == DType.FLOAT32) {
      float[] values = new float[size];
      for (int i = 0, at = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++, at++) {
          values[at] = cell.isOne(i, j) ? 1 : 0;
        }
      }
      return Tensor.of(shape, values);
    }
    double[] values = new double[size];
    for (int i = 0, at = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++, at++) {
        values[at] = cell.isOne(i, j) ? 1 : 0;
      }
    }
    return Tensor.of(shape, values).cast(dtype);
  }

  static Tensor range(DType dtype, double start, double end, double step) {
    double count = Math.ceil((end - start) / step);
    if (!(count <= Integer.MAX_VALUE)) {
      throw new ShapeException(
          "arange: from %s to %s in steps of %s are %,.0f elements: a tensor holds at most %,d"
              .formatted(start, end, step, count, Integer.MAX_VALUE));
    }
    int size = (int) Math.max(count, 0);
    if (dtype == DType.FLOAT32) {
      float[] values = new float[size];
      for (int i = 0; i < size; i++) {
        values[i] = (float) (start + i * step);
      }
      return Tensor.of(values);
    }
    double[] values = new double[size];
    for (int i = 0; i < values.length; i++) {
      values[i] = start + i * step;
    }
    return Tensor.of(values).cast(dtype);
  }

  static Tensor linspace(DType dtype, double first, double last, int count) {
    double[] values = new double[Shape.of(count).size()];
    double steps = Math.max(count - 1, 1);
    for (int i = 0; i < count; i++) {
      values[i] = first + i / steps * (last - first);
    }
    if (count > 1) {
      values[count - 1] = last;
    }
    return Tensor.of(values).cast(dtype);
  }
}
