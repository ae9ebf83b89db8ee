package dev.lanegrad.layers.loss;

import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;

/**
 * e^2 / 2 where |e| <= delta, else delta (|e| - delta / 2), for e = prediction - target.
 *
 * <p>Source: Huber, "Robust estimation of a location parameter", 1964.
 *
 * <p>Shapes: {@code s, s -> []}, without a reduction {@code s, s -> s}.
 *
 * @param delta where the parabola becomes a line, more than 0
 * @param reduction of all elements
 */
public record HuberLoss(double delta, LossReduction reduction) implements Loss {
  private static final Formula PREDICTION = Formula.input(0);
  private static final Formula TARGET = Formula.input(1);

  public HuberLoss {
    if (!(delta > 0)) {
      throw new IllegalArgumentException("huber: delta must be more than 0, not " + delta);
    }
  }

  /** PyTorch's defaults. */
  public HuberLoss() {
    this(1, LossReduction.MEAN);
  }

  /** The same loss with another delta. */
  public HuberLoss delta(double delta) {
    return new HuberLoss(delta, reduction);
  }

  /** The same loss with another reduction. */
  public HuberLoss reduction(LossReduction other) {
    return new HuberLoss(delta, other);
  }

  /**
   * The loss.
   *
   * @throws ShapeException if shapes differ
   */
  @Override
  public Tensor of(Tensor prediction, Tensor target) {
    return reduction.compare("huber", formula(), prediction, target);
  }

  private Formula formula() {
    Formula error = PREDICTION.sub(TARGET);
    Formula size = error.abs();
    Formula line = size.sub(delta / 2).mul(delta);
    return size.lessEqual(delta).select(error.square().mul(0.5), line);
  }
}
