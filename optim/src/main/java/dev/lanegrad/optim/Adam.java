package dev.lanegrad.optim;

import dev.lanegrad.autodiff.formula.Formula;
import java.util.List;

/**
 * Adam: steps of about the learning rate in every direction, by running means of the gradient and
 * of its square.
 *
 * <p>In step t with g = gradient + weightDecay p: m = beta1 m + (1 - beta1) g, v = beta2 v + (1 -
 * beta2) g^2, p = p - learningRate / (1 - beta1^t) m / (sqrt(v) / sqrt(1 - beta2^t) + epsilon).
 *
 * <p>Source: Kingma and Ba, "Adam: a method for stochastic optimization", 2014, <a
 * href="https://arxiv.org/abs/1412.6980">arXiv:1412.6980</a>; epsilon and weight decay stand where
 * PyTorch has them.
 *
 * @param learningRate at least 0
 * @param beta1 how much of the mean gradient is kept, from 0 to less than 1
 * @param beta2 how much of the mean square is kept, from 0 to less than 1
 * @param epsilon keeps the quotient finite, above 0
 * @param weightDecay the factor of p in g
 */
public record Adam(
    double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
    implements Rule {
  /**
   * Checks the hyper-parameters.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Adam {
    Ranges.atLeastZero("adam", "learning rate", learningRate);
    Ranges.fraction("adam", "beta1", beta1);
    Ranges.fraction("adam", "beta2", beta2);
    Ranges.aboveZero("adam", "epsilon", epsilon);
    Ranges.atLeastZero("adam", "weight decay", weightDecay);
  }

  /** Adam with the usual betas 0.9 and 0.999, epsilon 1e-8 and no weight decay. */
  public Adam(double learningRate) {
    this(learningRate, 0.9, 0.999, 1e-8, 0);
  }

  @Override
  public List<String> states() {
    return Moments.NAMES;
  }

  @Override
  public double[] numbers(double learningRate, long step) {
    return new double[] {
      learningRate / Moments.bias(beta1, step), 1 / Math.sqrt(Moments.bias(beta2, step))
    };
  }

  @Override
  public List<Formula> step(Terms old) {
    Formula p = old.parameter();
    Formula g = weightDecay == 0 ? old.gradient() : old.gradient().add(p.mul(weightDecay));
    Moments moments = Moments.next(old, g, beta1, beta2);
    Formula direction = moments.direction(old.numbers().get(1), epsilon);
    return List.of(
        p.sub(direction.mul(old.numbers().getFirst())), moments.first(), moments.second());
  }
}
