package dev.lanegrad.layers.loss;

import dev.lanegrad.autodiff.formula.Formula;

/** Formulas that losses of classes share; a weight of 0 hides an infinite log-probability. */
final class ClassLosses {
  private static final Formula LOG_PROBABILITY = Formula.input(0);
  private static final Formula WEIGHT = Formula.input(1);

  static final Formula NEGATIVE = LOG_PROBABILITY.neg();
  static final Formula WEIGHTED_NEGATIVE =
      WEIGHT.equal(0).select(Formula.ZERO, LOG_PROBABILITY.mul(WEIGHT).neg());

  private ClassLosses() {}
}
