package dev.lanegrad.layers;

import dev.lanegrad.autodiff.formula.Formula;

/**
 * x where x > 0, else alpha expm1(x).
 *
 * @param alpha where the function goes for large negative x, with a minus
 */
public record ELU(double alpha) implements FusedActivation {
  /**
   * The function with this number.
   *
   * @throws IllegalArgumentException if alpha is not finite
   */
  public ELU {
    Require.finite("elu", "alpha", alpha);
  }

  /** With alpha 1. */
  public ELU() {
    this(1);
  }

  @Override
  public Formula formula() {
    return Formula.input(0).elu(alpha);
  }
}
