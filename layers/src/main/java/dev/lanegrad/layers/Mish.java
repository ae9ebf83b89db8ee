package dev.lanegrad.layers;

import dev.lanegrad.autodiff.formula.Formula;

/** x tanh(softplus(x)). */
public record Mish() implements FusedActivation {
  private static final Formula FORMULA = Formula.input(0).mish();

  @Override
  public Formula formula() {
    return FORMULA;
  }
}
