package dev.lanegrad.examples.lectures.neurons;

import dev.lanegrad.autodiff.LinearAlgebra;
import dev.lanegrad.autodiff.Tensor;

/** The closed form of linear regression. */
final class LeastSquares {
  private LeastSquares() {}

  /** w = (X^T X)^-1 X^T y: [m, n] and [m] -> [n]. */
  static Tensor solution(Tensor x, Tensor y) {
    Tensor transposed = x.transpose();
    return LinearAlgebra.solve(transposed.matmul(x), transposed.matmul(y.unsqueeze(1)).squeeze(1));
  }
}
