package dev.lanegrad.layers.loss;

import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;

/**
 * -(w t log(sigmoid(x)) + (1 - t) log(1 - sigmoid(x))) for logits x and targets t, computed as w t
 * softplus(-x) + (1 - t) softplus(x) with nothing negative for targets from 0 to 1, so that nothing
 * overflows and nothing cancels. A certain logit, which is infinite, costs 0 where it is right.
 *
 * <p>Shapes: {@code s, s -> []}, without a reduction {@code s, s -> s}.
 *
 * @param positiveWeight w, the weight of positive targets; PyTorch calls it pos_weight
 * @param reduction of all elements
 */
public record BCEWithLogitsLoss(double positiveWeight, LossReduction reduction) implements Loss {
  private static final Formula PREDICTION = Formula.input(0);
  private static final Formula TARGET = Formula.input(1);
  private static final Formula UNWEIGHTED = unweighted();

  /**
   * The loss with these settings.
   *
   * @throws IllegalArgumentException if the weight is negative or not finite
   */
  public BCEWithLogitsLoss {
    Demand.present("binaryCrossEntropyWithLogits", "reduction", reduction);
    Demand.notNegative(
        "binaryCrossEntropyWithLogits", "the weight of positive targets", positiveWeight);
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
    Demand.present("binaryCrossEntropyWithLogits", "other", other);
    return new BCEWithLogitsLoss(positiveWeight, other);
  }

  /**
   * The loss.
   *
   * @throws ShapeException if shapes differ
   */
  @Override
  public Tensor of(Tensor logits, Tensor target) {
    Demand.present("binaryCrossEntropyWithLogits", "logits", logits);
    Demand.present("binaryCrossEntropyWithLogits", "target", target);
    return reduction.compare("binaryCrossEntropyWithLogits", formula(), logits, target);
  }

  private Formula formula() {
    if (positiveWeight == 1) {
      return UNWEIGHTED;
    }
    Formula positive = Weighted.product(TARGET, PREDICTION.neg().softplus()).mul(positiveWeight);
    return positive.add(Weighted.product(Formula.ONE.sub(TARGET), PREDICTION.softplus()));
  }

  /**
   * |x| times the part of the target on the other side, plus softplus(-|x|): no term is negative,
   * so that none takes digits away from another. |x| goes down at 0, where the slope is 1/2 - t.
   */
  private static Formula unweighted() {
    Formula positive = PREDICTION.greater(0);
    Formula size = positive.where(PREDICTION, PREDICTION.neg());
    Formula missed = positive.where(Formula.ONE.sub(TARGET), TARGET);
    return Weighted.product(missed, size).add(size.neg().softplus());
  }
}
