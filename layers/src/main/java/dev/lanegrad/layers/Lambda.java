package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Tensor;
import java.util.function.UnaryOperator;

/**
 * A function as a layer, with a name that {@link Layer#tree} shows; where no name is wanted, the
 * function itself will do. PyTorch has none.
 *
 * <p>Shapes: any shape that the function takes, to what it gives.
 *
 * @param name what it does
 * @param function of the input
 */
public record Lambda(String name, UnaryOperator<Tensor> function) implements Layer {
  public Lambda {
    Require.present("lambda", "name", name);
    Require.present("lambda", "function", function);
  }

  @Override
  public Tensor forward(Tensor x) {
    Tensor y = function.apply(x);
    if (y == null) {
      throw new NullPointerException("lambda: the function of %s returned null".formatted(this));
    }
    return y;
  }

  @Override
  public String toString() {
    return "Lambda[" + name + "]";
  }
}
