package dev.lanegrad.layers.loss;

import dev.lanegrad.autodiff.formula.Formula;

/** Terms with a weight, where a weight of 0 hides what is infinite. */
final class Weighted {
  private static final Formula LOG_PROBABILITY = Formula.input(0);
  private static final Formula WEIGHT = Formula.input(1);

  static final Formula NEGATIVE = LOG_PROBABILITY.neg();

  /** For weights that need no gradient. */
  static final Formula WEIGHTED_NEGATIVE =
      WEIGHT.equal(0).where(Formula.ZERO, LOG_PROBABILITY.mul(WEIGHT).neg());

  /** For weights that may need a gradient. */
  static final Formula PRODUCT_NEGATIVE = product(WEIGHT, LOG_PROBABILITY).neg();

  private Weighted() {}

  /**
   * weight x, and 0 where the weight is 0 and x infinite. Elsewhere the derivatives are those of a
   * product: x is one of them where the weight is 0 too.
   */
  static Formula product(Formula weight, Formula x) {
    return weight.mul(hidden(weight.equal(0).logicalAnd(isInfinite(x)), x));
  }

  /** x, or 0 where it is hidden, so that not even a derivative sees it there. */
  static Formula hidden(Formula where, Formula x) {
    return where.where(Formula.ZERO, x);
  }

  static Formula isInfinite(Formula x) {
    return x.abs().equal(Double.POSITIVE_INFINITY);
  }
}
