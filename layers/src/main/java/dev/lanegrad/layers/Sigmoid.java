package dev.lanegrad.layers;

import dev.lanegrad.autodiff.formula.Formula;

/** 1 / (1 + exp(-x)). */
public record Sigmoid() implements FusedActivation {
  private static final Formula FORMULA = Formula.input(0).sigmoid();

  @Override
  public Formula formula() {
    return FORMULA;
  }
}
