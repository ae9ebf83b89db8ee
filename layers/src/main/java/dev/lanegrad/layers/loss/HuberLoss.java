package dev.lanegrad.layers.loss;

import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;

/**
 * {@code e^2 / 2} where {@code |e| <= delta}, else {@code delta (|e| - delta / 2)}, for {@code e =
 * prediction - target}.
 *
 * <p>Its slope is between -delta and delta, and these at infinite errors.
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

  /**
   * The loss with these settings.
   *
   * @throws IllegalArgumentException unless delta is finite and more than 0
   */
  public HuberLoss {
    Demand.present("huber", "reduction", reduction);
    if (!(delta > 0 && delta < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "huber: delta must be finite and more than 0, not %s (where it is infinite this is half"
                  .formatted(delta)
              + " of MSELoss)");
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
    Demand.present("huber", "other", other);
    return new HuberLoss(delta, other);
  }

  /**
   * The loss.
   *
   * @throws ShapeException if shapes differ
   */
  @Override
  public Tensor of(Tensor prediction, Tensor target) {
    Demand.present("huber", "prediction", prediction);
    Demand.present("huber", "target", target);
    return reduction.compare("huber", formula(), prediction, target);
  }

  private Formula formula() {
    Formula error = PREDICTION.sub(TARGET);
    Formula size = error.abs();
    Formula near = size.lessEqual(delta);
    Formula line = size.sub(delta / 2).mul(delta);
    return near.where(Weighted.hidden(near.logicalNot(), error).square().mul(0.5), line);
  }
}
