package dev.lanegrad.layers.loss;

import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;

/**
 * -(w t log(sigmoid(x)) + (1 - t) log(1 - sigmoid(x))) for logits x and targets t, computed as w t
 * softplus(-x) + (1 - t) softplus(x), so that nothing overflows.
 *
 * <p>Shapes: {@code s, s -> []}, without a reduction {@code s, s -> s}.
 *
 * @param positiveWeight w, the weight of positive targets; PyTorch calls it pos_weight
 * @param reduction of all elements
 */
public record BCEWithLogitsLoss(double positiveWeight, LossReduction reduction) implements Loss {
  private static final Formula PREDICTION = Formula.input(0);
  private static final Formula TARGET = Formula.input(1);

  public BCEWithLogitsLoss {
    if (!(positiveWeight >= 0)) {
      throw new IllegalArgumentException(
          "binaryCrossEntropyWithLogits: the weight must not be negative, not " + positiveWeight);
    }
  }

  /** PyTorch's defaults. */
  public BCEWithLogitsLoss() {
    this(1, LossReduction.MEAN);
  }

  /** The same loss with another weight of positive targets. */
  public BCEWithLogitsLoss positiveWeight(double positiveWeight) {
    return new BCEWithLogitsLoss(positiveWeight, reduction);
  }

  /** The same loss with another reduction. */
  public BCEWithLogitsLoss reduction(LossReduction other) {
    return new BCEWithLogitsLoss(positiveWeight, other);
  }

  /**
   * The loss.
   *
   * @throws ShapeException if shapes differ
   */
  @Override
  public Tensor of(Tensor logits, Tensor targets) {
    return reduction.compare("binaryCrossEntropyWithLogits", formula(), logits, targets);
  }

  private Formula formula() {
    if (positiveWeight == 1) {
      return PREDICTION.softplus().sub(TARGET.mul(PREDICTION));
    }
    Formula positive = TARGET.mul(PREDICTION.neg().softplus()).mul(positiveWeight);
    return positive.add(Formula.ONE.sub(TARGET).mul(PREDICTION.softplus()));
  }
}
