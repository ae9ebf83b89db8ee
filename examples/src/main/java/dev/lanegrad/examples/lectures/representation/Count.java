package dev.lanegrad.examples.lectures.representation;

import dev.lanegrad.layers.Layer;

/** The size of networks. */
final class Count {
  private Count() {}

  /** Weights and biases. */
  static int parameters(Layer network) {
    return Math.toIntExact(network.parameterCount());
  }

  /** Units of linear layers: each has one bias. */
  static int units(Layer network) {
    return network.namedParameters().entrySet().stream()
        .filter(entry -> entry.getKey().endsWith("bias"))
        .mapToInt(entry -> entry.getValue().size())
        .sum();
  }
}
