package dev.lanegrad.optim;

import dev.lanegrad.autodiff.formula.Formula;
import java.util.List;
import java.util.SequencedMap;

/**
 * Adam with Nesterov's momentum. PyTorch: {@code NAdam}.
 *
 * <p>In step t with g = gradient + weightDecay p: mu_t = beta1 (1 - 0.96^(t momentumDecay) / 2),
 * M_t = mu_1 ... mu_t, m = beta1 m + (1 - beta1) g, v = beta2 v + (1 - beta2) g^2, p = p -
 * learningRate ((1 - mu_t) / (1 - M_t) g + mu_(t+1) / (1 - M_(t+1)) m) / (sqrt(v / (1 - beta2^t)) +
 * epsilon). Decoupled weight decay is that of {@link AdamW}.
 *
 * <p>Source: Dozat, "Incorporating Nesterov momentum into Adam", ICLR workshop 2016, <a
 * href="https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ">OpenReview</a>.
 *
 * @param learningRate at least 0
 * @param beta1 how much of the mean gradient is kept, from 0 to less than 1
 * @param beta2 how much of the mean square is kept, from 0 to less than 1
 * @param epsilon keeps the quotient finite, at least 0
 * @param weightDecay the factor of p in g
 * @param momentumDecay how fast the momentum rises to beta1, at least 0
 * @param decoupledWeightDecay whether weights decay apart from the gradient
 */
public record NAdam(
    double learningRate,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay,
    double momentumDecay,
    boolean decoupledWeightDecay)
    implements ElementwiseRule {
  private static final List<String> SETTINGS =
      List.of(
          Settings.RATE,
          Settings.BETA1,
          Settings.BETA2,
          Settings.EPSILON,
          Settings.WEIGHT_DECAY,
          "momentumDecay");

  /**
   * Checks the hyper-parameters.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public NAdam {
    AdamSteps.check("NAdam", learningRate, beta1, beta2, epsilon, weightDecay);
    Ranges.atLeastZero("NAdam", "momentum decay", momentumDecay);
  }

  /** NAdam with PyTorch's learning rate of 2e-3. */
  public NAdam() {
    this(2e-3);
  }

  /**
   * NAdam with the usual betas 0.9 and 0.999, epsilon 1e-8, momentum decay 4e-3, no weight decay.
   */
  public NAdam(double learningRate) {
    this(learningRate, 0.9, 0.999, 1e-8, 0, 4e-3, false);
  }

  /**
   * This rule with other means: {@code beta1} and {@code beta2}. PyTorch: {@code betas}.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public NAdam withBetas(double first, double second) {
    return with(Settings.BETA1, first).with(Settings.BETA2, second);
  }

  /**
   * This rule with another {@code epsilon}. PyTorch: {@code eps}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public NAdam withEpsilon(double value) {
    return with(Settings.EPSILON, value);
  }

  /**
   * This rule with another {@code weightDecay}. PyTorch: {@code weight_decay}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public NAdam withWeightDecay(double value) {
    return with(Settings.WEIGHT_DECAY, value);
  }

  /**
   * This rule with another {@code momentumDecay}. PyTorch: {@code momentum_decay}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public NAdam withMomentumDecay(double value) {
    return with("momentumDecay", value);
  }

  /**
   * This rule with or without {@code decoupledWeightDecay}. PyTorch: {@code
   * decoupled_weight_decay}.
   */
  public NAdam withDecoupledWeightDecay(boolean value) {
    return new NAdam(learningRate, beta1, beta2, epsilon, weightDecay, momentumDecay, value);
  }

  @Override
  public SequencedMap<String, Double> settings() {
    return Settings.of(SETTINGS, learningRate, beta1, beta2, epsilon, weightDecay, momentumDecay);
  }

  @Override
  public NAdam with(String setting, double value) {
    double[] s = Settings.changed(this, setting, value);
    return new NAdam(s[0], s[1], s[2], s[3], s[4], s[5], decoupledWeightDecay);
  }

  @Override
  public List<String> states() {
    return Moments.NAMES;
  }

  @Override
  public SequencedMap<String, Double> memory() {
    return Settings.of(List.of("momentumProduct"), 1);
  }

  @Override
  public double[] numbers(long step, double[] memory) {
    double now = momentum(step);
    double next = momentum(step + 1);
    memory[0] *= now;
    return new double[] {
      learningRate * (1 - now) / (1 - memory[0]),
      learningRate * next / (1 - memory[0] * next),
      1 / Math.sqrt(Moments.bias(beta2, step)),
      beta1,
      1 - beta1,
      1 - learningRate * weightDecay
    };
  }

  private double momentum(long step) {
    return beta1 * (1 - 0.5 * StrictMath.pow(0.96, step * momentumDecay));
  }

  @Override
  public List<Formula> step(Terms old) {
    List<Formula> numbers = old.numbers();
    Formula p = Moments.shrunk(old, decoupledWeightDecay ? weightDecay : 0, numbers.get(5));
    Formula g = Moments.decayed(old, decoupledWeightDecay ? 0 : weightDecay);
    Moments moments = Moments.next(old, g, numbers.get(3), numbers.get(4), beta2);
    Formula root = moments.second().sqrt().mul(numbers.get(2)).add(epsilon);
    Formula direction = g.mul(numbers.get(0)).add(moments.first().mul(numbers.get(1)));
    return List.of(p.sub(direction.div(root)), moments.first(), moments.second());
  }
}
