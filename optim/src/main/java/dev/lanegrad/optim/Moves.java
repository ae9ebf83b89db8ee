package dev.lanegrad.optim;

import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.Elementwise;

/** What several rules about whole tensors do element by element. */
final class Moves {
  /** a + (b - a) w. */
  static final Elementwise TOWARDS =
      Elementwise.of(
          Formula.input(0).add(Formula.input(1).sub(Formula.input(0)).mul(Formula.input(2))));

  /** p s - d t: parameter p, direction d, shrinking s, length of the step t. */
  static final Elementwise SHRINK_AND_MOVE =
      Elementwise.of(
          Formula.input(0).mul(Formula.input(2)).sub(Formula.input(1).mul(Formula.input(3))));

  private Moves() {}
}
