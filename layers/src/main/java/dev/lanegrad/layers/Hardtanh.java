package dev.lanegrad.layers;

import dev.lanegrad.autodiff.formula.Formula;

/** min(max(x, -1), 1). */
public record Hardtanh() implements FusedActivation {
  private static final Formula FORMULA = Formula.input(0).hardTanh();

  @Override
  public Formula formula() {
    return FORMULA;
  }
}
