package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Tensor;
import java.util.function.UnaryOperator;

/**
 * A function as a layer, with a name that {@link Layer#tree} shows; where no name is wanted, the
 * function itself will do.
 *
 * @param name what it does
 * @param function of the input
 */
public record Lambda(String name, UnaryOperator<Tensor> function) implements Layer {
  @Override
  public Tensor forward(Tensor x) {
    return function.apply(x);
  }

  @Override
  public String toString() {
    return "Lambda[" + name + "]";
  }
}
