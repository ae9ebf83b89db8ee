package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Tensor;

/**
 * x where x > 0, else slope x, element by element.
 *
 * @param slope PyTorch's default is 0.01
 */
public record LeakyReLU(double slope) implements Layer {
  @Override
  public Tensor forward(Tensor x) {
    return x.leakyRelu(slope);
  }
}
