package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Tensor;

/** max(x, 0), with derivative 0 at 0, element by element. */
public record ReLU() implements Layer {
  @Override
  public Tensor forward(Tensor x) {
    return x.relu();
  }
}
