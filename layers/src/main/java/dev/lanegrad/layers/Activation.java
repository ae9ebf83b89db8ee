package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.Elementwise;
import java.util.function.UnaryOperator;

/**
 * A layer that applies one function to every element, without parameters. A class of one's own may
 * do more in {@link #forward}; {@link Sequential} then calls that. What is made by {@link #of}, and
 * every activation of this library, it computes together with the layer before.
 *
 * <p>Shapes: {@code s -> s}.
 */
public interface Activation extends Layer {
  /** The function of input 0. */
  Formula formula();

  @Override
  default Tensor forward(Tensor x) {
    return Elementwise.of(formula()).applyTo(Require.present("activation", "x", x));
  }

  /**
   * A function of one's own, such as {@code of("swish", v -> v.mul(v.sigmoid()))}.
   *
   * @param name what {@link Layer#tree} shows
   */
  static Activation of(String name, UnaryOperator<Formula> function) {
    Require.present("activation", "name", name);
    Formula formula = function.apply(Formula.input(0));
    if (formula == null) {
      throw new NullPointerException("activation %s: the function returned null".formatted(name));
    }
    return new NamedFunction(name, formula);
  }
}
