package dev.lanegrad.optim;

import static dev.lanegrad.optim.Settings.BETA1;
import static dev.lanegrad.optim.Settings.BETA2;
import static dev.lanegrad.optim.Settings.EPSILON;
import static dev.lanegrad.optim.Settings.WEIGHT_DECAY;

import dev.lanegrad.autodiff.formula.Formula;
import java.util.List;
import java.util.SequencedMap;

/**
 * {@link Adam} with weight decay apart from the gradient: each step first shrinks p to (1 -
 * learningRate weightDecay) p. PyTorch: {@code AdamW}.
 *
 * <p>Source: Loshchilov and Hutter, "Decoupled weight decay regularization", 2017, <a
 * href="https://arxiv.org/abs/1711.05101">arXiv:1711.05101</a>.
 *
 * @param learningRate at least 0
 * @param beta1 how much of the mean gradient is kept, from 0 to less than 1
 * @param beta2 how much of the mean square is kept, from 0 to less than 1
 * @param epsilon keeps the quotient finite, at least 0
 * @param weightDecay at least 0
 * @param amsgrad whether the largest mean square so far counts
 */
public record AdamW(
    double learningRate,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay,
    boolean amsgrad)
    implements ElementwiseRule {
  /**
   * Checks the hyper-parameters.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public AdamW {
    AdamSteps.check("AdamW", learningRate, beta1, beta2, epsilon, weightDecay);
  }

  /** AdamW with PyTorch's rate of 1e-3. */
  public AdamW() {
    this(1e-3);
  }

  /** AdamW with the usual betas 0.9 and 0.999, epsilon 1e-8 and weight decay 0.01. */
  public AdamW(double learningRate) {
    this(learningRate, 0.9, 0.999, 1e-8, 0.01);
  }

  /** AdamW without AMSGrad. */
  public AdamW(
      double learningRate, double beta1, double beta2, double epsilon, double weightDecay) {
    this(learningRate, beta1, beta2, epsilon, weightDecay, false);
  }

  /**
   * This rule with other means: {@code beta1} and {@code beta2}. PyTorch: {@code betas}.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public AdamW withBetas(double first, double second) {
    return with(BETA1, first).with(BETA2, second);
  }

  /**
   * This rule with another {@code epsilon}. PyTorch: {@code eps}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public AdamW withEpsilon(double value) {
    return with(EPSILON, value);
  }

  /**
   * This rule with another {@code weightDecay}. PyTorch: {@code weight_decay}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public AdamW withWeightDecay(double value) {
    return with(WEIGHT_DECAY, value);
  }

  /** This rule with or without {@code amsgrad}. */
  public AdamW withAmsgrad(boolean value) {
    return new AdamW(learningRate, beta1, beta2, epsilon, weightDecay, value);
  }

  @Override
  public SequencedMap<String, Double> settings() {
    return Settings.of(AdamSteps.SETTINGS, learningRate, beta1, beta2, epsilon, weightDecay);
  }

  @Override
  public AdamW with(String setting, double value) {
    double[] s = Settings.changed(this, setting, value);
    return new AdamW(s[0], s[1], s[2], s[3], s[4], amsgrad);
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
    return AdamSteps.step(old, beta2, epsilon, weightDecay, amsgrad, true);
  }
}
