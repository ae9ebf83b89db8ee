package dev.lanegrad.layers;

import dev.lanegrad.autodiff.formula.Formula;

/** x sigmoid(x), also called swish. */
public record SiLU() implements FusedActivation {
  private static final Formula FORMULA = Formula.input(0).silu();

  @Override
  public Formula formula() {
    return FORMULA;
  }
}
