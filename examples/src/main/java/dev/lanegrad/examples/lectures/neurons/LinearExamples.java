package dev.lanegrad.examples.lectures.neurons;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.LinearAlgebra;
import dev.lanegrad.autodiff.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Examples with a column of ones for the bias, and their targets.
 *
 * @param x [m, n]
 * @param y [m]
 */
record LinearExamples(Tensor x, Tensor y) {
  /** The mean of (y - x.w)^2. */
  Tensor loss(Tensor w) {
    return x.mul(w).sum(1).sub(y).square().mean();
  }

  /** From 0 on: w = w - rate * gradient. */
  List<Tensor> descent(double rate, int steps) {
    List<Tensor> path = new ArrayList<>(List.of(Tensor.zeros(DType.FLOAT64, x.shape().dim(1))));
    for (int step = 0; step < steps; step++) {
      Tensor w = path.getLast();
      path.add(w.sub(Autodiff.grad(this::loss).apply(w).mul(rate)));
    }
    return path;
  }

  /** Beyond it descent goes apart: 2 / the largest eigenvalue of the Hessian. */
  double largestRate() {
    Tensor hessian = Autodiff.hessian(this::loss, Tensor.zeros(DType.FLOAT64, x.shape().dim(1)));
    return 2 / LinearAlgebra.singularValues(hessian).max().item();
  }
}
