package dev.lanegrad.optim;

import dev.lanegrad.autodiff.formula.Formula;
import java.util.List;
import java.util.SequencedMap;

/**
 * Adam that takes plain momentum steps until the mean square is worth something. PyTorch: {@code
 * RAdam}.
 *
 * <p>In step t with g = gradient + weightDecay p: m = beta1 m + (1 - beta1) g, v = beta2 v + (1 -
 * beta2) g^2, R = 2 / (1 - beta2) - 1, r = R - 2 t beta2^t / (1 - beta2^t). Where r > 5: p = p -
 * learningRate / (1 - beta1^t) m sqrt(1 - beta2^t) / (sqrt(v) + epsilon) sqrt((r - 4) (r - 2) R /
 * ((R - 4) (R - 2) r)), else p = p - learningRate / (1 - beta1^t) m. Decoupled weight decay is that
 * of {@link AdamW}.
 *
 * <p>Source: Liu et al., "On the variance of the adaptive learning rate and beyond", 2019, <a
 * href="https://arxiv.org/abs/1908.03265">arXiv:1908.03265</a>; the threshold 5 is PyTorch's.
 *
 * @param learningRate at least 0
 * @param beta1 how much of the mean gradient is kept, from 0 to less than 1
 * @param beta2 how much of the mean square is kept, from 0 to less than 1
 * @param epsilon keeps the quotient finite, at least 0
 * @param weightDecay the factor of p in g
 * @param decoupledWeightDecay whether weights decay apart from the gradient
 */
public record RAdam(
    double learningRate,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay,
    boolean decoupledWeightDecay)
    implements ElementwiseRule {
  /**
   * Checks the hyper-parameters.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public RAdam {
    AdamSteps.check("RAdam", learningRate, beta1, beta2, epsilon, weightDecay);
  }

  /** RAdam with PyTorch's learning rate of 1e-3. */
  public RAdam() {
    this(1e-3);
  }

  /** RAdam with the usual betas 0.9 and 0.999, epsilon 1e-8 and no weight decay. */
  public RAdam(double learningRate) {
    this(learningRate, 0.9, 0.999, 1e-8, 0, false);
  }

  /**
   * This rule with other means: {@code beta1} and {@code beta2}. PyTorch: {@code betas}.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public RAdam withBetas(double first, double second) {
    return with(Settings.BETA1, first).with(Settings.BETA2, second);
  }

  /**
   * This rule with another {@code epsilon}. PyTorch: {@code eps}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public RAdam withEpsilon(double value) {
    return with(Settings.EPSILON, value);
  }

  /**
   * This rule with another {@code weightDecay}. PyTorch: {@code weight_decay}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public RAdam withWeightDecay(double value) {
    return with(Settings.WEIGHT_DECAY, value);
  }

  /**
   * This rule with or without {@code decoupledWeightDecay}. PyTorch: {@code
   * decoupled_weight_decay}.
   */
  public RAdam withDecoupledWeightDecay(boolean value) {
    return new RAdam(learningRate, beta1, beta2, epsilon, weightDecay, value);
  }

  @Override
  public SequencedMap<String, Double> settings() {
    return Settings.of(AdamSteps.SETTINGS, learningRate, beta1, beta2, epsilon, weightDecay);
  }

  @Override
  public RAdam with(String setting, double value) {
    double[] s = Settings.changed(this, setting, value);
    return new RAdam(s[0], s[1], s[2], s[3], s[4], decoupledWeightDecay);
  }

  @Override
  public List<String> states() {
    return Moments.NAMES;
  }

  @Override
  public double[] numbers(long step, double[] memory) {
    double bias = Moments.bias(beta2, step);
    double longest = 2 / (1 - beta2) - 1;
    double length = longest - 2 * step * (1 - bias) / bias;
    boolean isRectified = length > 5;
    double rate = learningRate / Moments.bias(beta1, step);
    if (isRectified) {
      double quotient = (longest - 4) * (longest - 2) * length;
      rate *= Math.sqrt(bias * (length - 4) * (length - 2) * longest / quotient);
    }
    return new double[] {
      rate, isRectified ? 1 : 0, beta1, 1 - beta1, 1 - learningRate * weightDecay
    };
  }

  @Override
  public List<Formula> step(Terms old) {
    List<Formula> numbers = old.numbers();
    Formula p = Moments.shrunk(old, decoupledWeightDecay ? weightDecay : 0, numbers.get(4));
    Formula g = Moments.decayed(old, decoupledWeightDecay ? 0 : weightDecay);
    Moments moments = Moments.next(old, g, numbers.get(2), numbers.get(3), beta2);
    Formula root = numbers.get(1).where(moments.second().sqrt().add(epsilon), Formula.ONE);
    Formula direction = moments.first().div(root);
    return List.of(p.sub(direction.mul(numbers.get(0))), moments.first(), moments.second());
  }
}
