package dev.lanegrad.layers.loss;

import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;

/**
 * |prediction - target|.
 *
 * <p>Shapes: {@code s, s -> []}, without a reduction {@code s, s -> s}.
 *
 * @param reduction of all elements
 */
public record L1Loss(LossReduction reduction) implements Loss {
  private static final Formula PREDICTION = Formula.input(0);
  private static final Formula TARGET = Formula.input(1);
  private static final Formula LOSS = PREDICTION.sub(TARGET).abs();

  public L1Loss {
    Demand.present("meanAbsoluteError", "reduction", reduction);
  }

  /** PyTorch's defaults. */
  public L1Loss() {
    this(LossReduction.MEAN);
  }

  /** The same loss with another reduction. */
  public L1Loss reduction(LossReduction other) {
    Demand.present("meanAbsoluteError", "other", other);
    return new L1Loss(other);
  }

  /**
   * The loss.
   *
   * @throws ShapeException if shapes differ
   */
  @Override
  public Tensor of(Tensor prediction, Tensor target) {
    Demand.present("meanAbsoluteError", "prediction", prediction);
    Demand.present("meanAbsoluteError", "target", target);
    return reduction.compare("meanAbsoluteError", LOSS, prediction, target);
  }
}
