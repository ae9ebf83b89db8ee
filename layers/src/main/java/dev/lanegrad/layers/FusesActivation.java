package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;

/**
 * A layer that can apply an activation to its outputs while it computes them. {@link Sequential}
 * has it do so where a {@link FusedActivation} comes next; the result is the same, since no class
 * of another package can be one of these and do something else in {@link #forward(Tensor)}.
 *
 * <p>Shapes: the activation keeps them, {@code s -> s}.
 */
public sealed interface FusesActivation extends Layer permits ConvolutionLayer, Linear {
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
