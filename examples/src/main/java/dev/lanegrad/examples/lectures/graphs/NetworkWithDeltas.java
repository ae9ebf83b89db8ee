package dev.lanegrad.examples.lectures.graphs;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.training.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * A network of 4-8-6-5-3 units with random weights, and backpropagation through it written by hand.
 */
final class NetworkWithDeltas {
  private static final int[] SIZES = {4, 8, 6, 5, 3};

  /** An activation and its derivative, which the recurrence has to be told. */
  record Activation(String name, UnaryOperator<Tensor> f, UnaryOperator<Tensor> slope) {}

  private final Activation activation;
  private final Tensor x;
  private final Tensor y;

  /** W[l], of shape [n[l], n[l - 1]]; layer 0 is the input. */
  final List<Tensor> weights = new ArrayList<>();

  /** b[l], of shape [n[l], 1]. */
  final List<Tensor> biases = new ArrayList<>();

  /** z[l] and a[l] of the last forward pass. */
  final List<Tensor> sums = new ArrayList<>();

  private final List<Tensor> outputs = new ArrayList<>();

  NetworkWithDeltas(Activation activation, long seed) {
    RandomGenerator random = Seeds.generator(seed);
    this.activation = activation;
    this.x = normal(random, SIZES[0], 1);
    this.y = normal(random, SIZES[SIZES.length - 1], 1);
    for (int l = 1; l < SIZES.length; l++) {
      weights.add(normal(random, SIZES[l], SIZES[l - 1]).requiresGrad());
      biases.add(normal(random, SIZES[l], 1).requiresGrad());
    }
  }

  private static Tensor normal(RandomGenerator random, int rows, int columns) {
    return Tensor.normal(random, DType.FLOAT64, rows, columns).mul(1 / Math.sqrt(columns));
  }

  /** L = |a - y|^2 / 2 for the last a; every layer is a = f(z), z = W a + b. */
  Tensor loss() {
    sums.clear();
    outputs.clear();
    Tensor a = x;
    for (int l = 0; l < weights.size(); l++) {
      Tensor z = weights.get(l).matmul(a).add(biases.get(l));
      a = activation.f.apply(z);
      sums.add(z);
      outputs.add(a);
    }
    return a.sub(y).square().sum().mul(0.5);
  }

  /** The deltas dL/dz[l] from the first layer on, computed from the last one back. */
  List<Tensor> deltas() {
    int last = weights.size() - 1;
    Tensor delta = outputs.get(last).sub(y).mul(activation.slope.apply(sums.get(last)));
    List<Tensor> deltas = new ArrayList<>(List.of(delta));
    for (int l = last; l > 0; l--) {
      Tensor back = weights.get(l).transpose().matmul(delta);
      delta = activation.slope.apply(sums.get(l - 1)).mul(back);
      deltas.addFirst(delta);
    }
    return deltas;
  }

  /** dL/dW[l] = delta[l] a[l - 1]^T. */
  Tensor weightGradient(int l, List<Tensor> deltas) {
    Tensor before = l == 0 ? x : outputs.get(l - 1);
    return deltas.get(l).matmul(before.transpose());
  }
}
