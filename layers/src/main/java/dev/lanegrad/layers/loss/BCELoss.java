package dev.lanegrad.layers.loss;

import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;

/**
 * -(t log(p) + (1 - t) log(1 - p)) for probabilities p and targets t. As in PyTorch no logarithm is
 * less than -100; beyond that the gradient is 0. Use {@link BCEWithLogitsLoss} where there are
 * logits, since 1 - p loses what distinguishes large ones.
 *
 * <p>Shapes: {@code s, s -> []}, without a reduction {@code s, s -> s}.
 *
 * @param reduction of all elements
 */
public record BCELoss(LossReduction reduction) implements Loss {
  private static final double LEAST_LOG = -100;

  /** exp(-100). */
  private static final double LEAST_PROBABILITY = 3.720075976020836e-44;

  private static final Formula PREDICTION = Formula.input(0);
  private static final Formula TARGET = Formula.input(1);
  private static final Formula LOSS =
      TARGET
          .mul(log(PREDICTION))
          .add(Formula.ONE.sub(TARGET).mul(log(Formula.ONE.sub(PREDICTION))))
          .neg();

  /** PyTorch's defaults. */
  public BCELoss() {
    this(LossReduction.MEAN);
  }

  /** What is too small is replaced first, so that its derivative is 0 and not 0 times infinity. */
  private static Formula log(Formula p) {
    Formula tooSmall = p.less(LEAST_PROBABILITY);
    Formula safe = tooSmall.select(Formula.ONE, p);
    return tooSmall.select(Formula.constant(LEAST_LOG), safe.log());
  }

  /** The same loss with another reduction. */
  public BCELoss reduction(LossReduction other) {
    return new BCELoss(other);
  }

  /**
   * The loss.
   *
   * @throws ShapeException if shapes differ
   */
  @Override
  public Tensor of(Tensor probabilities, Tensor targets) {
    return reduction.compare("binaryCrossEntropy", LOSS, probabilities, targets);
  }
}
