package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Tensor;

/**
 * exp(x) / sum of exp(x) along an axis, without overflow.
 *
 * <p>Shapes: {@code s -> s}.
 *
 * @param axis a negative one counts from the end
 */
public record Softmax(int axis) implements Layer {
  @Override
  public Tensor forward(Tensor x) {
    return x.softmax(axis);
  }
}
