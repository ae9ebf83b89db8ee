package dev.lanegrad.layers;

import dev.lanegrad.autodiff.formula.Formula;

/** x / (1 + |x|). */
public record Softsign() implements FusedActivation {
  private static final Formula FORMULA = Formula.input(0).softsign();

  @Override
  public Formula formula() {
    return FORMULA;
  }
}
