package dev.lanegrad.layers;

import dev.lanegrad.autodiff.formula.Formula;

/**
 * x where x > 0, else alpha expm1(x / alpha).
 *
 * @param alpha where the function goes for large negative x, with a minus; finite and not 0
 */
public record CELU(double alpha) implements FusedActivation {
  /**
   * The function with this number.
   *
   * @throws IllegalArgumentException if alpha is 0 or not finite
   */
  public CELU {
    Require.finite("celu", "alpha", alpha);
    if (alpha == 0) {
      throw new IllegalArgumentException(
          "celu: alpha divides and must not be 0; ReLU is its limit");
    }
  }

  /** With alpha 1. */
  public CELU() {
    this(1);
  }

  @Override
  public Formula formula() {
    return Formula.input(0).celu(alpha);
  }
}
