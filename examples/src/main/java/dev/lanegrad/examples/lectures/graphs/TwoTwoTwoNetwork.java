package dev.lanegrad.examples.lectures.graphs;

import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import java.util.List;

/** Two inputs, two hidden sigmoids, two outputs: the network that L3.3 computes by hand. */
final class TwoTwoTwoNetwork {
  final Tensor input = column(0.05, 0.10);
  final Tensor target = column(0.01, 0.99);
  final Tensor b1 = Tensor.of(0.35);
  final Tensor b2 = Tensor.of(0.60);

  /** w1 and w2 lead into h1, w3 and w4 into h2. */
  final Parameter hidden =
      Parameter.of("w1..w4", Tensor.of(new double[][] {{0.15, 0.20}, {0.25, 0.30}}));

  /** w5 and w6 lead into o1, w7 and w8 into o2. */
  final Parameter output =
      Parameter.of("w5..w8", Tensor.of(new double[][] {{0.40, 0.45}, {0.50, 0.55}}));

  /** What the forward pass computes; the losses are those of both outputs. */
  record Pass(Tensor netH, Tensor outH, Tensor netO, Tensor outO, Tensor losses) {
    Tensor loss() {
      return losses.sum();
    }
  }

  private static Tensor column(double first, double second) {
    return Tensor.of(new double[][] {{first}, {second}});
  }

  /** Each layer is net = W in + b, out = sigmoid(net), on columns. */
  Pass forward() {
    Tensor netH = hidden.tensor().matmul(input).add(b1);
    Tensor outH = netH.sigmoid();
    Tensor netO = output.tensor().matmul(outH).add(b2);
    Tensor outO = netO.sigmoid();
    return new Pass(netH, outH, netO, outO, target.sub(outO).square().mul(0.5));
  }

  /** Against the gradients; the lecture keeps the biases. */
  void step(Gradients gradients, double rate) {
    for (Parameter weights : List.of(hidden, output)) {
      weights.assign(weights.tensor().sub(gradients.of(weights).mul(rate)));
    }
  }
}
