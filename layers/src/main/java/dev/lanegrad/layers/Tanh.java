package dev.lanegrad.layers;

import dev.lanegrad.autodiff.formula.Formula;

/** The hyperbolic tangent. */
public record Tanh() implements FusedActivation {
  private static final Formula FORMULA = Formula.input(0).tanh();

  @Override
  public Formula formula() {
    return FORMULA;
  }
}
