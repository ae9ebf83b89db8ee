package dev.lanegrad.layers;

import dev.lanegrad.autodiff.formula.Formula;

/** min(max(x + 3, 0), 6) / 6. */
public record Hardsigmoid() implements FusedActivation {
  private static final Formula FORMULA = Formula.input(0).hardSigmoid();

  @Override
  public Formula formula() {
    return FORMULA;
  }
}
