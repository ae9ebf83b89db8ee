package dev.lanegrad.autodiff.formula;

import dev.lanegrad.autodiff.formula.Program.Value;

/** Recipes that choose between their arguments; each is exact. */
final class Selections {
  private Selections() {}

  static Value sign(Value x) {
    return x.greater(0).select(1, x.less(0).select(-1, x));
  }

  static Value reciprocal(Value x) {
    return x.program().constant(1).div(x);
  }

  static Value relu(Value x) {
    return x.lessEqual(0).select(0, x);
  }

  static Value leakyRelu(Value x, Value slope) {
    return x.greater(0).select(x, x.mul(slope));
  }

  static Value min(Value a, Value b) {
    return a.less(b).or(a.isNaN()).select(a, b);
  }

  static Value max(Value a, Value b) {
    return a.greater(b).or(a.isNaN()).select(a, b);
  }
}
