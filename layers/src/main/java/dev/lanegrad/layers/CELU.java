package dev.lanegrad.layers;

import dev.lanegrad.autodiff.formula.Formula;

/**
 * x where x > 0, else alpha expm1(x / alpha).
 *
 * @param alpha where the function goes for large negative x, with a minus
 */
public record CELU(double alpha) implements FusedActivation {
  /** With alpha 1. */
  public CELU() {
    this(1);
  }

  @Override
  public Formula formula() {
    return Formula.input(0).celu(alpha);
  }
}
