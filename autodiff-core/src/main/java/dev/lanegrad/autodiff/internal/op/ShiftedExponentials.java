package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.op.Fold;

/**
 * What softmax and its logarithm are made of: the largest element m along an axis and the sum of
 * exp(x - m), in which nothing overflows.
 */
record ShiftedExponentials(Tensor largest, Tensor sum) {
  /** exp(x - m). */
  static final Formula TERM = Formula.input(0).sub(Formula.input(1)).exp();

  static ShiftedExponentials of(Tensor x, int axis) {
    int[] axes = {axis};
    Tensor largest = Fold.of(Reduction.MAX, axes, true).applyTo(x);
    return new ShiftedExponentials(
        largest, new Fold(Reduction.SUM, TERM, axes, true).applyTo(x, largest));
  }
}
