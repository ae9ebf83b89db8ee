package dev.lanegrad.layers;

import dev.lanegrad.autodiff.formula.Formula;

/**
 * x times the normal distribution function of x.
 *
 * <p>Source: Hendrycks and Gimpel, "Gaussian error linear units", 2016, <a
 * href="https://arxiv.org/abs/1606.08415">arXiv:1606.08415</a>.
 *
 * @param approximate whether the approximation by tanh is used instead
 */
public record GELU(boolean approximate) implements FusedActivation {
  private static final Formula EXACT = Formula.input(0).gelu();
  private static final Formula BY_TANH = Formula.input(0).geluTanh();

  /** The exact function. */
  public GELU() {
    this(false);
  }

  @Override
  public Formula formula() {
    return approximate ? BY_TANH : EXACT;
  }
}
