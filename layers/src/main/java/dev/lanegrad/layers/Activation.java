package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.Elementwise;

/**
 * A layer that applies one function to every element, without parameters. Its formula lets a layer
 * before it compute both in one pass.
 *
 * <p>Shapes: {@code s -> s}.
 */
public interface Activation extends Layer {
  /** The function of input 0. */
  Formula formula();

  @Override
  default Tensor forward(Tensor x) {
    return Elementwise.of(formula()).applyTo(x);
  }
}
