package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;

/**
 * A layer that can apply an activation to its outputs while it computes them. {@link Sequential}
 * has it do so where an {@link Activation} comes next; the result is the same.
 */
public interface FusesActivation extends Layer {
  @Override
  default Tensor forward(Tensor x) {
    return forward(x, Formula.input(0));
  }

  /**
   * The activation of what {@link #forward(Tensor)} gives.
   *
   * @param activation a function of input 0
   */
  Tensor forward(Tensor x, Formula activation);
}
