package dev.lanegrad.optim;

import dev.lanegrad.autodiff.Tensor;
import java.util.function.Supplier;

/**
 * An optimizer that computes the loss itself, as often as it needs: {@link LBFGS} for its line
 * search, {@link Newton} for second derivatives.
 *
 * <pre>{@code
 * LBFGS optimizer = new LBFGS(model.parameters());
 * double loss = optimizer.step(() -> Losses.crossEntropy(model.forward(x), y));
 * }</pre>
 */
public interface ClosureOptimizer extends Adjustable, Stateful {
  /**
   * Makes one step; none if the loss, or a part of its gradient, is not finite to begin with.
   *
   * @param loss computes a scalar from the parameters as they are when it is called, always in the
   *     same way
   * @return the loss before the step
   */
  double step(Supplier<Tensor> loss);

  /** One: a step is made of all parameters together. */
  @Override
  default int groups() {
    return 1;
  }
}
