package dev.lanegrad.layers.loss;

import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;

/**
 * {@code e^2 / (2 beta)} where {@code |e| < beta}, else {@code |e| - beta / 2}, for {@code e =
 * prediction - target}: {@link HuberLoss} divided by its delta.
 *
 * <p>Shapes: {@code s, s -> []}, without a reduction {@code s, s -> s}.
 *
 * @param beta where the parabola becomes a line; 0 gives {@link L1Loss}
 * @param reduction of all elements
 */
public record SmoothL1Loss(double beta, LossReduction reduction) implements Loss {
  private static final Formula PREDICTION = Formula.input(0);
  private static final Formula TARGET = Formula.input(1);

  /**
   * The loss with these settings.
   *
   * @throws IllegalArgumentException if beta is negative or not finite
   */
  public SmoothL1Loss {
    Demand.present("smoothL1", "reduction", reduction);
    Demand.notNegative("smoothL1", "beta", beta);
  }

  /** PyTorch's defaults. */
  public SmoothL1Loss() {
    this(1, LossReduction.MEAN);
  }

  /** The same loss with another beta. */
  public SmoothL1Loss beta(double beta) {
    return new SmoothL1Loss(beta, reduction);
  }

  /** The same loss with another reduction. */
  public SmoothL1Loss reduction(LossReduction other) {
    Demand.present("smoothL1", "other", other);
    return new SmoothL1Loss(beta, other);
  }

  /**
   * The loss.
   *
   * @throws ShapeException if shapes differ
   */
  @Override
  public Tensor of(Tensor prediction, Tensor target) {
    Demand.present("smoothL1", "prediction", prediction);
    Demand.present("smoothL1", "target", target);
    return reduction.compare("smoothL1", formula(), prediction, target);
  }

  private Formula formula() {
    Formula error = PREDICTION.sub(TARGET);
    Formula size = error.abs();
    if (beta == 0) {
      return size;
    }
    Formula near = size.less(beta);
    Formula parabola = Weighted.hidden(near.logicalNot(), error).square().mul(0.5 / beta);
    return near.where(parabola, size.sub(beta / 2));
  }
}
