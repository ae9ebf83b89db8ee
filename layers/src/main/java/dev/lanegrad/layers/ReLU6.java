package dev.lanegrad.layers;

import dev.lanegrad.autodiff.formula.Formula;

/** min(max(x, 0), 6). */
public record ReLU6() implements FusedActivation {
  private static final Formula FORMULA = Formula.input(0).relu6();

  @Override
  public Formula formula() {
    return FORMULA;
  }
}
