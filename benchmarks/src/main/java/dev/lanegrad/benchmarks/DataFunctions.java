package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import java.util.List;

/** What the operations of {@link DataTable} begin or end with. */
final class DataFunctions {
  private DataFunctions() {}

  static Tensor asNumbers(Tensor indices) {
    return indices.cast(DType.FLOAT64);
  }

  /** The elements of a view in row-major order. */
  static Tensor copied(Tensor view) {
    return Tensor.concat(0, List.of(view));
  }

  static DType other(DType dtype) {
    return dtype == DType.FLOAT32 ? DType.FLOAT64 : DType.FLOAT32;
  }

  private static Tensor eye(Tensor x) {
    return Tensor.eye(x.dtype(), x.shape().dim(0));
  }

  /** Far from singular. */
  static Tensor regular(Tensor x) {
    return x.add(eye(x).mul(300));
  }

  /** With a determinant in range. */
  static Tensor well(Tensor x) {
    return x.mul(0.001).add(eye(x));
  }

  /** Symmetric and positive definite. */
  static Tensor definite(Tensor x) {
    return x.add(x.transpose()).mul(0.5).add(eye(x).mul(600));
  }
}
