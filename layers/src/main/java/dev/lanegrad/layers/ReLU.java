package dev.lanegrad.layers;

import dev.lanegrad.autodiff.formula.Formula;

/** max(x, 0), with derivative 0 at 0. */
public record ReLU() implements FusedActivation {
  private static final Formula FORMULA = Formula.input(0).relu();

  @Override
  public Formula formula() {
    return FORMULA;
  }
}
