package dev.lanegrad.layers;

import dev.lanegrad.autodiff.formula.Formula;

/** log(1 + exp(x)), without overflow. */
public record Softplus() implements FusedActivation {
  private static final Formula FORMULA = Formula.input(0).softplus();

  @Override
  public Formula formula() {
    return FORMULA;
  }
}
