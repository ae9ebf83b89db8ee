package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Tensor;

/** log(1 + exp(x)), element by element. */
public record Softplus() implements Layer {
  @Override
  public Tensor forward(Tensor x) {
    return x.softplus();
  }
}
