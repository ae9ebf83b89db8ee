package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Tensor;

/** The hyperbolic tangent, element by element. */
public record Tanh() implements Layer {
  @Override
  public Tensor forward(Tensor x) {
    return x.tanh();
  }
}
