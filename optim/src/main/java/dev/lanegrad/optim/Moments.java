package dev.lanegrad.optim;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

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
      ElementwiseRule.Terms old, Formula gradient, Formula beta1, Formula rest1, double beta2) {
    return next(old.states().get(0), old.states().get(1), gradient, beta1, rest1, beta2);
  }

  static Moments next(
      Formula first, Formula second, Formula gradient, Formula beta1, Formula rest1, double beta2) {
    return new Moments(
        mean(first, gradient, beta1, rest1),
        second.mul(beta2).add(gradient.square().mul(1 - beta2)));
  }

  /** beta mean + (1 - beta) value. */
  static Formula mean(Formula mean, Formula value, Formula beta, Formula rest) {
    return mean.mul(beta).add(value.mul(rest));
  }

  /** The gradient with weight decay as a part of it. */
  static Formula decayed(ElementwiseRule.Terms old, double weightDecay) {
    return weightDecay == 0 ? old.gradient() : old.gradient().add(old.parameter().mul(weightDecay));
  }

  /** The parameter shrunk by weight decay apart from the gradient. */
  static Formula shrunk(ElementwiseRule.Terms old, double weightDecay, Formula factor) {
    return weightDecay == 0 ? old.parameter() : old.parameter().mul(factor);
  }

  /** Both means of a parameter at first. */
  static SequencedMap<String, Tensor> zeros(Tensor parameter) {
    SequencedMap<String, Tensor> states = new LinkedHashMap<>();
    for (String name : NAMES) {
      states.put(name, Tensor.zeros(parameter.dtype(), parameter.shape().toArray()));
    }
    return states;
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
