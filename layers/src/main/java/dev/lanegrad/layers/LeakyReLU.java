package dev.lanegrad.layers;

import dev.lanegrad.autodiff.formula.Formula;

/**
 * x where x > 0, else slope x.
 *
 * @param slope PyTorch calls it negative_slope
 */
public record LeakyReLU(double slope) implements FusedActivation {
  /**
   * The function with this number.
   *
   * @throws IllegalArgumentException if the slope is not finite
   */
  public LeakyReLU {
    Require.finite("leakyRelu", "slope", slope);
  }

  /** With the slope 0.01. */
  public LeakyReLU() {
    this(0.01);
  }

  @Override
  public Formula formula() {
    return Formula.input(0).leakyRelu(slope);
  }
}
