package dev.lanegrad.examples.lectures.neurons;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;

/**
 * The neuron of McCulloch and Pitts: y = 1 where w.x &ge; theta, else 0.
 *
 * @param weights [n]
 * @param theta the threshold
 */
record ThresholdUnit(Tensor weights, double theta) {
  /** The weighted sums z of inputs: [rows, n] -> [rows]. */
  Tensor sums(Tensor inputs) {
    return inputs.mul(weights).sum(1);
  }

  /** The outputs, 0 or 1: [rows, n] -> [rows]. */
  Tensor outputs(Tensor inputs) {
    return sums(inputs).greaterEqual(theta).cast(DType.FLOAT64);
  }
}
