package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import java.util.List;
import java.util.stream.Stream;

/** One row for every class of operations; a class without one fails the build. */
final class OpCases {
  static final List<OpRow> ALL =
      Stream.of(
              FormulaOpCases.ROWS,
              MovementOpCases.ROWS,
              IndexOpCases.ROWS,
              NormalizingOpCases.ROWS,
              StatisticsOpCases.ROWS,
              AlgebraOpCases.ROWS,
              ConvolutionOpCases.ROWS,
              PoolingOpCases.ROWS)
          .flatMap(List::stream)
          .toList();

  private OpCases() {}

  static Tensor vector(double... values) {
    return Tensor.of(values);
  }

  static Tensor matrix(double[]... rows) {
    return Tensor.of(rows);
  }

  static double[] row(double... values) {
    return values;
  }

  static Tensor scalar(double value) {
    return Tensor.scalar(DType.FLOAT64, value);
  }

  /** 0, 1, 2, ... in a shape. */
  static Tensor counting(int... dims) {
    Shape shape = Shape.of(dims);
    return Tensor.arange(DType.FLOAT64, 0, shape.size(), 1).reshape(dims);
  }

  static Tensor zeros(int... dims) {
    return Tensor.zeros(DType.FLOAT64, dims);
  }

  static Tensor zeros32(int... dims) {
    return Tensor.zeros(DType.FLOAT32, dims);
  }
}
