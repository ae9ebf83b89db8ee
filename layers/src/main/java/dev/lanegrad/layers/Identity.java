package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Tensor;

/**
 * The input as it is, where a layer is wanted and nothing is to be done.
 *
 * <p>Shapes: {@code s -> s}.
 */
public record Identity() implements Layer {
  @Override
  public Tensor forward(Tensor x) {
    return Require.present("identity", "x", x);
  }
}
