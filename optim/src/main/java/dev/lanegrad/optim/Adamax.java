package dev.lanegrad.optim;

import dev.lanegrad.autodiff.formula.Formula;
import java.util.List;
import java.util.SequencedMap;

/**
 * Adam with the largest recent gradient in the place of the root of the mean square. PyTorch:
 * {@code Adamax}.
 *
 * <p>In step t with g = gradient + weightDecay p: m = beta1 m + (1 - beta1) g, u = max(beta2 u, |g|
 * + epsilon), p = p - learningRate / (1 - beta1^t) m / u.
 *
 * <p>Source: Kingma and Ba, "Adam: a method for stochastic optimization", 2014, <a
 * href="https://arxiv.org/abs/1412.6980">arXiv:1412.6980</a>, section 7.1.
 *
 * @param learningRate at least 0
 * @param beta1 how much of the mean gradient is kept, from 0 to less than 1
 * @param beta2 how much of the largest gradient is kept, from 0 to less than 1
 * @param epsilon keeps the quotient finite, at least 0
 * @param weightDecay the factor of p in g
 */
public record Adamax(
    double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
    implements ElementwiseRule {
  /**
   * Checks the hyper-parameters.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Adamax {
    AdamSteps.check("Adamax", learningRate, beta1, beta2, epsilon, weightDecay);
  }

  /** Adamax with PyTorch's learning rate of 2e-3. */
  public Adamax() {
    this(2e-3);
  }

  /** Adamax with the usual betas 0.9 and 0.999, epsilon 1e-8 and no weight decay. */
  public Adamax(double learningRate) {
    this(learningRate, 0.9, 0.999, 1e-8, 0);
  }

  /**
   * This rule with other means: {@code beta1} and {@code beta2}. PyTorch: {@code betas}.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Adamax withBetas(double first, double second) {
    return with(Settings.BETA1, first).with(Settings.BETA2, second);
  }

  /**
   * This rule with another {@code epsilon}. PyTorch: {@code eps}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public Adamax withEpsilon(double value) {
    return with(Settings.EPSILON, value);
  }

  /**
   * This rule with another {@code weightDecay}. PyTorch: {@code weight_decay}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public Adamax withWeightDecay(double value) {
    return with(Settings.WEIGHT_DECAY, value);
  }

  @Override
  public SequencedMap<String, Double> settings() {
    return Settings.of(AdamSteps.SETTINGS, learningRate, beta1, beta2, epsilon, weightDecay);
  }

  @Override
  public Adamax with(String setting, double value) {
    double[] s = Settings.changed(this, setting, value);
    return new Adamax(s[0], s[1], s[2], s[3], s[4]);
  }

  @Override
  public List<String> states() {
    return List.of("firstMoment", "largestGradient");
  }

  @Override
  public double[] numbers(long step, double[] memory) {
    return new double[] {learningRate / Moments.bias(beta1, step), beta1, 1 - beta1};
  }

  @Override
  public List<Formula> step(Terms old) {
    Formula p = old.parameter();
    Formula g = Moments.decayed(old, weightDecay);
    Formula m = Moments.mean(old.states().get(0), g, old.numbers().get(1), old.numbers().get(2));
    Formula u = old.states().get(1).mul(beta2).maximum(g.abs().add(epsilon));
    return List.of(p.sub(m.div(u).mul(old.numbers().getFirst())), m, u);
  }
}
