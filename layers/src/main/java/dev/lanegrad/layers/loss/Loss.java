package dev.lanegrad.layers.loss;

import dev.lanegrad.autodiff.Tensor;

/** How far a prediction is from its target: what training makes small. */
@FunctionalInterface
public interface Loss {
  /** The loss of a batch, a scalar unless the reduction is {@link LossReduction#NONE}. */
  Tensor of(Tensor prediction, Tensor target);
}
