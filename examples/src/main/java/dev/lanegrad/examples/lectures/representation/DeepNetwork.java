package dev.lanegrad.examples.lectures.representation;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Initializer;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.ReLU;
import dev.lanegrad.layers.Sequential;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Deep ReLU networks with random weights: h_k = a[beta_{k-1} + Omega_{k-1} h_{k-1}]. */
final class DeepNetwork {
  private static final Initializer HE = Initializer.kaimingNormal(0);
  private static final Initializer BIAS = Initializer.normal(0, 0.5);

  private DeepNetwork() {}

  /** Some layers of some units, and an affine output. */
  static Sequential of(int in, int layers, int units, SplittableRandom random) {
    List<Layer> parts = new ArrayList<>();
    for (int k = 0; k < layers; k++) {
      parts.add(new Linear(k == 0 ? in : units, units, DType.FLOAT64, random, HE, BIAS));
      parts.add(new ReLU());
    }
    parts.add(new Linear(units, 1, DType.FLOAT64, random, HE, BIAS));
    return new Sequential(parts);
  }

  /** Whether the equation, written out, gives for a random input what the layers give. */
  static boolean isTheEquation(Sequential network, SplittableRandom random) {
    Tensor x = Tensor.normal(random, DType.FLOAT64, 10);
    Tensor h = x;
    for (Linear layer : Joints.hidden(network)) {
      h = equation(layer, h).relu();
    }
    Linear last = (Linear) network.layers().getLast();
    Tensor y = equation(last, h);
    return y.sub(network.forward(x.unsqueeze(0)).flatten()).abs().item() < 1e-12;
  }

  /** beta + Omega h. */
  private static Tensor equation(Linear layer, Tensor h) {
    Tensor beta = layer.parameters().getLast().tensor();
    return beta.add(layer.weight().tensor().matmul(h));
  }
}
