package dev.lanegrad.layers.loss;

import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;

/**
 * The negative log-likelihood of counts t in a Poisson distribution, without the term log(t!):
 * exp(x) - t x where x is the logarithm of the rate, else x - t log(x + eps).
 *
 * <p>Shapes: {@code s, s -> []}, without a reduction {@code s, s -> s}.
 *
 * @param logInput whether predictions are logarithms of rates
 * @param full whether Stirling's approximation of log(t!) is added where t > 1
 * @param eps keeps the logarithm of a rate of 0 finite
 * @param reduction of all elements
 */
public record PoissonNLLLoss(boolean logInput, boolean full, double eps, LossReduction reduction)
    implements Loss {
  private static final String NAME = "poissonNegativeLogLikelihood";
  private static final double EPS = 1e-8;
  private static final Formula X = Formula.input(0);
  private static final Formula TARGET = Formula.input(1);

  /**
   * The loss with these settings.
   *
   * @throws IllegalArgumentException if eps is negative or not finite
   */
  public PoissonNLLLoss {
    Demand.present(NAME, "reduction", reduction);
    Demand.notNegative(NAME, "eps", eps);
  }

  /** PyTorch's defaults: logarithms of rates, without log(t!). */
  public PoissonNLLLoss() {
    this(true, false, EPS, LossReduction.MEAN);
  }

  /** The same loss for predictions that are logarithms of rates or not. */
  public PoissonNLLLoss logInput(boolean logarithms) {
    return new PoissonNLLLoss(logarithms, full, eps, reduction);
  }

  /** The same loss with or without log(t!). */
  public PoissonNLLLoss full(boolean withFactorials) {
    return new PoissonNLLLoss(logInput, withFactorials, eps, reduction);
  }

  /** The same loss with another reduction. */
  public PoissonNLLLoss reduction(LossReduction other) {
    Demand.present(NAME, "other", other);
    return new PoissonNLLLoss(logInput, full, eps, other);
  }

  /**
   * The loss.
   *
   * @param logRates logarithms of rates, or rates unless {@link #logInput}
   * @param target counts
   * @throws ShapeException if shapes differ
   */
  @Override
  public Tensor of(Tensor logRates, Tensor target) {
    Demand.present(NAME, "logRates", logRates);
    Demand.present(NAME, "target", target);
    return reduction.compare(NAME, formula(), logRates, target);
  }

  private Formula formula() {
    Formula loss = logInput ? ofLogarithms() : ofRates();
    return full ? loss.add(stirling()) : loss;
  }

  /** At infinity only exp counts, and at -infinity a count of 0 has nothing to add. */
  private static Formula ofLogarithms() {
    Formula hidden = Weighted.isInfinite(X).logicalAnd(X.greater(0).logicalOr(TARGET.equal(0)));
    return X.exp().sub(TARGET.mul(Weighted.hidden(hidden, X)));
  }

  /**
   * An infinite rate outweighs its logarithm; that of a rate of 0 does not count without counts.
   */
  private Formula ofRates() {
    Formula rate = X.add(eps);
    Formula hidden =
        rate.equal(Double.POSITIVE_INFINITY).logicalOr(rate.equal(0).logicalAnd(TARGET.equal(0)));
    return X.sub(TARGET.mul(hidden.where(Formula.ONE, rate).log()));
  }

  /** t log(t) - t + log(2 pi t) / 2. */
  private static Formula stirling() {
    Formula counts = TARGET.greater(1);
    Formula safe = counts.where(TARGET, Formula.ONE);
    Formula half = safe.mul(2 * Math.PI).log().mul(0.5);
    return counts.where(safe.mul(safe.log()).sub(safe).add(half), Formula.ZERO);
  }
}
