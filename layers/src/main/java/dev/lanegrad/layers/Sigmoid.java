package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Tensor;

/** 1 / (1 + exp(-x)), element by element. */
public record Sigmoid() implements Layer {
  @Override
  public Tensor forward(Tensor x) {
    return x.sigmoid();
  }
}
