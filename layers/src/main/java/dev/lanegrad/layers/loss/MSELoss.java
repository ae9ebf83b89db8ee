package dev.lanegrad.layers.loss;

import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;

/**
 * (prediction - target)^2.
 *
 * <p>Shapes: {@code s, s -> []}, without a reduction {@code s, s -> s}.
 *
 * @param reduction of all elements
 */
public record MSELoss(LossReduction reduction) implements Loss {
  private static final Formula PREDICTION = Formula.input(0);
  private static final Formula TARGET = Formula.input(1);
  private static final Formula LOSS = PREDICTION.squaredDifference(TARGET);

  public MSELoss {
    Demand.present("meanSquaredError", "reduction", reduction);
  }

  /** PyTorch's defaults. */
  public MSELoss() {
    this(LossReduction.MEAN);
  }

  /** The same loss with another reduction. */
  public MSELoss reduction(LossReduction other) {
    Demand.present("meanSquaredError", "other", other);
    return new MSELoss(other);
  }

  /**
   * The loss.
   *
   * @throws ShapeException if shapes differ
   */
  @Override
  public Tensor of(Tensor prediction, Tensor target) {
    Demand.present("meanSquaredError", "prediction", prediction);
    Demand.present("meanSquaredError", "target", target);
    return reduction.compare("meanSquaredError", LOSS, prediction, target);
  }
}
