package dev.lanegrad.layers;

import dev.lanegrad.autodiff.formula.Formula;

/** log(sigmoid(x)), without overflow. */
public record LogSigmoid() implements FusedActivation {
  private static final Formula FORMULA = Formula.input(0).logSigmoid();

  @Override
  public Formula formula() {
    return FORMULA;
  }
}
