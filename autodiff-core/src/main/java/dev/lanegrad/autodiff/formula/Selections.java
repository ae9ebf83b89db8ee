package dev.lanegrad.autodiff.formula;

import dev.lanegrad.autodiff.internal.program.Program;
import dev.lanegrad.autodiff.internal.program.Value;

/** Recipes that choose, compare and round. */
final class Selections {
  private Selections() {}

  static Value sign(Value x) {
    return x.greater(0).select(1, x.less(0).select(-1, x));
  }

  static Value min(Value a, Value b) {
    return a.less(b).or(a.isNaN()).select(a, b);
  }

  static Value max(Value a, Value b) {
    return a.greater(b).or(a.isNaN()).select(a, b);
  }

  static Value exclusiveOr(Value a, Value b) {
    return a.or(b).and(a.and(b).not());
  }

  /**
   * To the nearest integer, halves to the even one: adding 2^23 or 2^52 leaves no room for a
   * fraction.
   */
  static Value round(Value x) {
    Program p = x.program();
    Value room = p.constant(0x1p23, 0x1p52);
    Value magnitude = x.abs();
    Value rounded = magnitude.add(room).sub(room).withSignOf(x);
    return magnitude.less(room).select(rounded, x);
  }

  static Value floor(Value x) {
    Value rounded = round(x);
    return rounded.greater(x).select(rounded.sub(1), rounded);
  }

  static Value ceil(Value x) {
    return floor(x.neg()).neg();
  }
}
