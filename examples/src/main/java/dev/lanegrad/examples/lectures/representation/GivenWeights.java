package dev.lanegrad.examples.lectures.representation;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.LinearAlgebra;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Linear;
import java.util.List;

/** Linear layers whose weights are not drawn: written down, or the solution of equations. */
final class GivenWeights {
  private GivenWeights() {}

  /**
   * A layer of these numbers.
   *
   * @param weight [out, in]
   * @param bias [out]
   */
  static Linear of(Tensor weight, Tensor bias) {
    return new Linear(Parameter.of("weight", weight), Parameter.of("bias", bias));
  }

  /** The same of rows of numbers, one for each output. */
  static Linear of(double[][] weight, double... bias) {
    return of(Tensor.of(weight), Tensor.of(bias));
  }

  /**
   * The layer of one output that makes the most of some hidden units, by least squares.
   *
   * @param hidden what the units are for each example, [n, units]
   * @param wanted what the output should be, [n, 1]
   * @param ridge times the square of the weights is added to the sum of squares
   */
  static Linear leastSquares(Tensor hidden, Tensor wanted, double ridge) {
    int units = hidden.shape().dim(1);
    Tensor ones = Tensor.ones(DType.FLOAT64, hidden.shape().dim(0), 1);
    Tensor all = Tensor.concat(1, List.of(hidden, ones));
    Tensor penalty = Tensor.eye(DType.FLOAT64, units + 1).mul(ridge);
    Tensor products = all.transpose().matmul(all).add(penalty);
    Tensor solution =
        LinearAlgebra.solve(products, all.transpose().matmul(wanted)).reshape(1, units + 1);
    return of(solution.slice(1, 0, units), solution.slice(1, units, units + 1).flatten());
  }
}
