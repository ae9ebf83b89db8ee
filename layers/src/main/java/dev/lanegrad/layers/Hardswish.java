package dev.lanegrad.layers;

import dev.lanegrad.autodiff.formula.Formula;

/** x min(max(x + 3, 0), 6) / 6. */
public record Hardswish() implements FusedActivation {
  private static final Formula FORMULA = Formula.input(0).hardSwish();

  @Override
  public Formula formula() {
    return FORMULA;
  }
}
