package dev.lanegrad.layers;

import dev.lanegrad.autodiff.formula.Formula;

/**
 * The self-normalising exponential linear unit: scale (x where x > 0, else alpha expm1(x)), with
 * scale 1.0507 and alpha 1.6733, after which activations tend to mean 0 and variance 1.
 *
 * <p>Source: Klambauer, Unterthiner, Mayr and Hochreiter, "Self-normalizing neural networks", 2017,
 * <a href="https://arxiv.org/abs/1706.02515">arXiv:1706.02515</a>.
 */
public record SELU() implements FusedActivation {
  private static final Formula FORMULA = Formula.input(0).selu();

  @Override
  public Formula formula() {
    return FORMULA;
  }
}
