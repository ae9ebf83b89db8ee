package dev.lanegrad.optim;

import dev.lanegrad.autodiff.formula.Formula;
import java.util.List;

/**
 * {@link Adam} with weight decay apart from the gradient: each step first shrinks p to (1 -
 * learningRate weightDecay) p.
 *
 * <p>Source: Loshchilov and Hutter, "Decoupled weight decay regularization", 2017, <a
 * href="https://arxiv.org/abs/1711.05101">arXiv:1711.05101</a>.
 *
 * @param learningRate at least 0
 * @param beta1 how much of the mean gradient is kept, from 0 to less than 1
 * @param beta2 how much of the mean square is kept, from 0 to less than 1
 * @param epsilon keeps the quotient finite, above 0
 * @param weightDecay at least 0
 */
public record AdamW(
    double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
    implements Rule {
  /**
   * Checks the hyper-parameters.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public AdamW {
    Ranges.atLeastZero("adamW", "learning rate", learningRate);
    Ranges.fraction("adamW", "beta1", beta1);
    Ranges.fraction("adamW", "beta2", beta2);
    Ranges.aboveZero("adamW", "epsilon", epsilon);
    Ranges.atLeastZero("adamW", "weight decay", weightDecay);
  }

  /** AdamW with the usual betas 0.9 and 0.999, epsilon 1e-8 and weight decay 0.01. */
  public AdamW(double learningRate) {
    this(learningRate, 0.9, 0.999, 1e-8, 0.01);
  }

  @Override
  public List<String> states() {
    return Moments.NAMES;
  }

  @Override
  public double[] numbers(double learningRate, long step) {
    return new double[] {
      learningRate / Moments.bias(beta1, step),
      1 / Math.sqrt(Moments.bias(beta2, step)),
      1 - learningRate * weightDecay
    };
  }

  @Override
  public List<Formula> step(Terms old) {
    Moments moments = Moments.next(old, old.gradient(), beta1, beta2);
    Formula direction = moments.direction(old.numbers().get(1), epsilon);
    Formula shrunk = old.parameter().mul(old.numbers().get(2));
    return List.of(
        shrunk.sub(direction.mul(old.numbers().getFirst())), moments.first(), moments.second());
  }
}
