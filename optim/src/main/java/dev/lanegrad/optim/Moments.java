package dev.lanegrad.optim;

import dev.lanegrad.autodiff.formula.Formula;
import java.util.List;

/**
 * The running means that Adam and its relatives keep.
 *
 * @param first of the gradient
 * @param second of its square
 */
record Moments(Formula first, Formula second) {
  static final List<String> NAMES = List.of("firstMoment", "secondMoment");

  /**
   * The means with one more gradient in them.
   *
   * @param rest1 1 - beta1
   */
  static Moments next(
      ElementwiseRule.Terms old,
      Formula gradient,
      Formula beta1,
      Formula rest1,
      double beta2) {
    Formula first = old.states().get(0).mul(beta1).add(gradient.mul(rest1));
    Formula second = old.states().get(1).mul(beta2).add(gradient.square().mul(1 - beta2));
    return new Moments(first, second);
  }

  /** The first moment over the root of the second. */
  Formula direction(Formula inverseRootBias, double epsilon) {
    return first.div(second.sqrt().mul(inverseRootBias).add(epsilon));
  }

  /**
   * 1 - beta^step, by which a mean that started from 0 is too small. StrictMath, so that a training
   * repeats bit for bit on every machine.
   */
  static double bias(double beta, long step) {
    return 1 - StrictMath.pow(beta, (double) step);
  }
}
