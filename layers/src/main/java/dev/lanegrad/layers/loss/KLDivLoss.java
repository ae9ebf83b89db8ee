package dev.lanegrad.layers.loss;

import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;

/**
 * The terms t (log(t) - x) of the divergence of Kullback and Leibler, for log-probabilities x and
 * probabilities t. A term with t = 0 is 0 and so are its derivatives, though the slope of t log(t)
 * is infinite there; a negative t gives NaN. As in PyTorch the mean is over all elements: the
 * divergence itself is {@link LossReduction#SUM} divided by the number of distributions.
 *
 * <p>Shapes: {@code s, s -> []}, without a reduction {@code s, s -> s}.
 *
 * @param logTarget whether targets are log-probabilities too
 * @param reduction of all elements
 */
public record KLDivLoss(boolean logTarget, LossReduction reduction) implements Loss {
  private static final Formula X = Formula.input(0);
  private static final Formula TARGET = Formula.input(1);
  private static final Formula OF_PROBABILITIES = ofProbabilities();
  private static final Formula OF_LOGS = ofLogs();

  public KLDivLoss {
    Demand.present("klDivergence", "reduction", reduction);
  }

  /** PyTorch's defaults. */
  public KLDivLoss() {
    this(false, LossReduction.MEAN);
  }

  /** The same loss for targets that are log-probabilities or not. */
  public KLDivLoss logTarget(boolean logarithms) {
    return new KLDivLoss(logarithms, reduction);
  }

  /** The same loss with another reduction. */
  public KLDivLoss reduction(LossReduction other) {
    Demand.present("klDivergence", "other", other);
    return new KLDivLoss(logTarget, other);
  }

  /**
   * The loss.
   *
   * @throws ShapeException if shapes differ
   */
  @Override
  public Tensor of(Tensor logProbabilities, Tensor target) {
    Demand.present("klDivergence", "logProbabilities", logProbabilities);
    Demand.present("klDivergence", "target", target);
    return reduction.compare(
        "klDivergence", logTarget ? OF_LOGS : OF_PROBABILITIES, logProbabilities, target);
  }

  /** The logarithm makes NaN of a negative target, and of NaN. */
  private static Formula ofProbabilities() {
    Formula none = TARGET.equal(0);
    Formula safe = none.where(Formula.ONE, TARGET);
    return none.where(Formula.ZERO, TARGET.mul(safe.log().sub(Weighted.hidden(none, X))));
  }

  private static Formula ofLogs() {
    Formula probability = TARGET.exp();
    return probability.mul(Weighted.hidden(probability.equal(0), TARGET.sub(X)));
  }
}
