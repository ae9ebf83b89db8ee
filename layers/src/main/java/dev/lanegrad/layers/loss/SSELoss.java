package dev.lanegrad.layers.loss;

import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;

/**
 * The sum of (prediction - target)^2 over all elements. PyTorch: {@code MSELoss(reduction='sum')}.
 *
 * <p>Shapes: {@code s, s -> []}.
 */
public record SSELoss() implements Loss {
  private static final MSELoss SQUARES = new MSELoss(LossReduction.SUM);

  /**
   * The loss.
   *
   * @throws ShapeException if shapes differ
   */
  @Override
  public Tensor of(Tensor prediction, Tensor target) {
    Demand.present("sumOfSquaredErrors", "prediction", prediction);
    Demand.present("sumOfSquaredErrors", "target", target);
    return SQUARES.of(prediction, target);
  }
}
