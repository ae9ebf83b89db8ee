package dev.lanegrad.optim;

import dev.lanegrad.autodiff.formula.Formula;
import java.util.List;
import java.util.SequencedMap;

/**
 * Steps of the learning rate by the sign of a momentum; weights decay apart from the gradient.
 *
 * <p>d = sign(beta1 m + (1 - beta1) g), p = p (1 - learningRate weightDecay) - learningRate d, m =
 * beta2 m + (1 - beta2) g.
 *
 * <p>Source: Chen et al., "Symbolic discovery of optimization algorithms", 2023, <a
 * href="https://arxiv.org/abs/2302.06675">arXiv:2302.06675</a>, program 1. PyTorch has no Lion.
 *
 * @param learningRate at least 0; a third to a tenth of Adam's
 * @param beta1 how much of the momentum is in the step, from 0 to less than 1
 * @param beta2 how much of the momentum is kept, from 0 to less than 1
 * @param weightDecay at least 0; three to ten times AdamW's
 */
public record Lion(double learningRate, double beta1, double beta2, double weightDecay)
    implements ElementwiseRule {
  private static final List<String> SETTINGS =
      List.of(Settings.RATE, Settings.BETA1, Settings.BETA2, Settings.WEIGHT_DECAY);

  /**
   * Checks the hyper-parameters.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Lion {
    Ranges.atLeastZero("Lion", "learning rate", learningRate);
    Ranges.fraction("Lion", "beta1", beta1);
    Ranges.fraction("Lion", "beta2", beta2);
    Ranges.atLeastZero("Lion", "weight decay", weightDecay);
  }

  /** Lion with a learning rate of 1e-4. */
  public Lion() {
    this(1e-4);
  }

  /** Lion with the usual betas 0.9 and 0.99 and no weight decay. */
  public Lion(double learningRate) {
    this(learningRate, 0.9, 0.99, 0);
  }

  /**
   * This rule with other means: {@code beta1} and {@code beta2}. PyTorch: {@code betas}.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Lion withBetas(double first, double second) {
    return with(Settings.BETA1, first).with(Settings.BETA2, second);
  }

  /**
   * This rule with another {@code weightDecay}. PyTorch: {@code weight_decay}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public Lion withWeightDecay(double value) {
    return with(Settings.WEIGHT_DECAY, value);
  }

  @Override
  public SequencedMap<String, Double> settings() {
    return Settings.of(SETTINGS, learningRate, beta1, beta2, weightDecay);
  }

  @Override
  public Lion with(String setting, double value) {
    double[] s = Settings.changed(this, setting, value);
    return new Lion(s[0], s[1], s[2], s[3]);
  }

  @Override
  public List<String> states() {
    return List.of("momentum");
  }

  @Override
  public double[] numbers(long step, double[] memory) {
    return new double[] {learningRate, beta1, 1 - beta1, 1 - learningRate * weightDecay};
  }

  @Override
  public List<Formula> step(Terms old) {
    List<Formula> numbers = old.numbers();
    Formula g = old.gradient();
    Formula m = old.states().getFirst();
    Formula p = Moments.shrunk(old, weightDecay, numbers.get(3));
    Formula direction = Moments.mean(m, g, numbers.get(1), numbers.get(2)).sign();
    return List.of(p.sub(direction.mul(numbers.get(0))), m.mul(beta2).add(g.mul(1 - beta2)));
  }
}
