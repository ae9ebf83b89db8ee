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
 *
 * <p>How often it does so is decided by numbers that are read out of tensors: unlike a step of an
 * {@link Optimizer} it is a loop in Java and not a recorded step, and a layer that draws masks or
 * counts batches does so in each evaluation.
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
