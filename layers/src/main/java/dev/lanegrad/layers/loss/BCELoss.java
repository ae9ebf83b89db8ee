package dev.lanegrad.layers.loss;

import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;

/**
 * -(t log(p) + (1 - t) log(1 - p)) for probabilities p and targets t. As in PyTorch no logarithm is
 * less than -100; beyond that the gradient is 0. Use {@link BCEWithLogitsLoss} where there are
 * logits, since a probability near 1 has lost what distinguishes large ones.
 *
 * <p>Shapes: {@code s, s -> []}, without a reduction {@code s, s -> s}.
 *
 * @param reduction of all elements
 */
public record BCELoss(LossReduction reduction) implements Loss {
  private static final String NAME = "binaryCrossEntropy";
  private static final double LEAST_LOG = -100;

  /** exp(-100). */
  private static final double LEAST_PROBABILITY = 3.720075976020836e-44;

  private static final Formula PREDICTION = Formula.input(0);
  private static final Formula TARGET = Formula.input(1);
  private static final Formula LOSS =
      TARGET.mul(logarithm()).add(Formula.ONE.sub(TARGET).mul(logarithmOfRest())).neg();

  private static final Demand PROBABILITIES =
      new Demand(
          NAME,
          "probabilities",
          PREDICTION.greaterEqual(0).logicalAnd(PREDICTION.lessEqual(1)),
          "in [0, 1] (BCEWithLogitsLoss takes logits)");

  public BCELoss {
    Demand.present(NAME, "reduction", reduction);
  }

  /** PyTorch's defaults. */
  public BCELoss() {
    this(LossReduction.MEAN);
  }

  /** What is too small is replaced first, so that its derivative is 0 and not 0 times infinity. */
  private static Formula logarithm() {
    Formula tooSmall = PREDICTION.less(LEAST_PROBABILITY);
    Formula safe = tooSmall.where(Formula.ONE, PREDICTION);
    return tooSmall.where(Formula.constant(LEAST_LOG), safe.log());
  }

  /**
   * log(1 - p), which is -p where p is small; in either dtype 1 - p is 0 or more than exp(-100).
   */
  private static Formula logarithmOfRest() {
    Formula certain = PREDICTION.equal(1);
    Formula safe = certain.where(Formula.ZERO, PREDICTION);
    return certain.where(Formula.constant(LEAST_LOG), safe.neg().log1p());
  }

  /** The same loss with another reduction. */
  public BCELoss reduction(LossReduction other) {
    Demand.present(NAME, "other", other);
    return new BCELoss(other);
  }

  /**
   * The loss.
   *
   * @throws ShapeException if shapes differ
   * @throws IllegalArgumentException if a probability is not in [0, 1]
   */
  @Override
  public Tensor of(Tensor probabilities, Tensor target) {
    Demand.present(NAME, "probabilities", probabilities);
    Demand.present(NAME, "target", target);
    LossReduction.requireAlike(NAME, probabilities, target);
    PROBABILITIES.check(probabilities);
    return reduction.of(NAME, LOSS, probabilities, target);
  }
}
