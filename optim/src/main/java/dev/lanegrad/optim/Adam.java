package dev.lanegrad.optim;

import static dev.lanegrad.optim.Settings.BETA1;
import static dev.lanegrad.optim.Settings.BETA2;
import static dev.lanegrad.optim.Settings.EPSILON;
import static dev.lanegrad.optim.Settings.WEIGHT_DECAY;

import dev.lanegrad.autodiff.formula.Formula;
import java.util.List;
import java.util.SequencedMap;

/**
 * Adam: steps of about the learning rate in every direction, by running means of the gradient and
 * of its square. PyTorch: {@code Adam}.
 *
 * <p>In step t with g = gradient + weightDecay p: m = beta1 m + (1 - beta1) g, v = beta2 v + (1 -
 * beta2) g^2, p = p - learningRate / (1 - beta1^t) m / (sqrt(v) / sqrt(1 - beta2^t) + epsilon).
 * AMSGrad takes the largest v so far in the place of v. Decoupled weight decay is that of {@link
 * AdamW}.
 *
 * <p>Source: Kingma and Ba, "Adam: a method for stochastic optimization", 2014, <a
 * href="https://arxiv.org/abs/1412.6980">arXiv:1412.6980</a>; epsilon and weight decay stand where
 * PyTorch has them. AMSGrad: Reddi, Kale and Kumar, "On the convergence of Adam and beyond", 2018,
 * <a href="https://arxiv.org/abs/1904.09237">arXiv:1904.09237</a>.
 *
 * @param learningRate at least 0
 * @param beta1 how much of the mean gradient is kept, from 0 to less than 1
 * @param beta2 how much of the mean square is kept, from 0 to less than 1
 * @param epsilon keeps the quotient finite, at least 0
 * @param weightDecay the factor of p in g
 * @param amsgrad whether the largest mean square so far counts
 * @param decoupledWeightDecay whether weights decay apart from the gradient
 */
public record Adam(
    double learningRate,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay,
    boolean amsgrad,
    boolean decoupledWeightDecay)
    implements ElementwiseRule {
  /**
   * Checks the hyper-parameters.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Adam {
    AdamSteps.check("Adam", learningRate, beta1, beta2, epsilon, weightDecay);
  }

  /** Adam with PyTorch's rate of 1e-3. */
  public Adam() {
    this(1e-3);
  }

  /** Adam with the usual betas 0.9 and 0.999, epsilon 1e-8 and no weight decay. */
  public Adam(double learningRate) {
    this(learningRate, 0.9, 0.999, 1e-8, 0);
  }

  /** Adam without AMSGrad and with weight decay as a part of the gradient. */
  public Adam(double learningRate, double beta1, double beta2, double epsilon, double weightDecay) {
    this(learningRate, beta1, beta2, epsilon, weightDecay, false, false);
  }

  /**
   * This rule with other means: {@code beta1} and {@code beta2}. PyTorch: {@code betas}.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Adam withBetas(double first, double second) {
    return with(BETA1, first).with(BETA2, second);
  }

  /**
   * This rule with another {@code epsilon}. PyTorch: {@code eps}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public Adam withEpsilon(double value) {
    return with(EPSILON, value);
  }

  /**
   * This rule with another {@code weightDecay}. PyTorch: {@code weight_decay}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public Adam withWeightDecay(double value) {
    return with(WEIGHT_DECAY, value);
  }

  /** This rule with or without {@code amsgrad}. */
  public Adam withAmsgrad(boolean value) {
    return new Adam(learningRate, beta1, beta2, epsilon, weightDecay, value, decoupledWeightDecay);
  }

  /**
   * This rule with or without {@code decoupledWeightDecay}. PyTorch: {@code
   * decoupled_weight_decay}.
   */
  public Adam withDecoupledWeightDecay(boolean value) {
    return new Adam(learningRate, beta1, beta2, epsilon, weightDecay, amsgrad, value);
  }

  @Override
  public SequencedMap<String, Double> settings() {
    return Settings.of(AdamSteps.SETTINGS, learningRate, beta1, beta2, epsilon, weightDecay);
  }

  @Override
  public Adam with(String setting, double value) {
    double[] s = Settings.changed(this, setting, value);
    return new Adam(s[0], s[1], s[2], s[3], s[4], amsgrad, decoupledWeightDecay);
  }

  @Override
  public List<String> states() {
    return amsgrad ? AdamSteps.STATES_OF_AMSGRAD : Moments.NAMES;
  }

  @Override
  public double[] numbers(long step, double[] memory) {
    return AdamSteps.numbers(learningRate, beta1, beta2, weightDecay, step);
  }

  @Override
  public List<Formula> step(Terms old) {
    return AdamSteps.step(old, beta2, epsilon, weightDecay, amsgrad, decoupledWeightDecay);
  }
}
