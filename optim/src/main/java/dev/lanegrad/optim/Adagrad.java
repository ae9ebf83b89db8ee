package dev.lanegrad.optim;

import dev.lanegrad.autodiff.formula.Formula;
import java.util.List;
import java.util.SequencedMap;

/**
 * Steps that shrink with the sum of all squared gradients so far. PyTorch: {@code Adagrad}.
 *
 * <p>In step t with g = gradient + weightDecay p: s = s + g^2, p = p - learningRate / (1 + (t - 1)
 * learningRateDecay) g / (sqrt(s) + epsilon).
 *
 * <p>Source: Duchi, Hazan and Singer, "Adaptive subgradient methods for online learning and
 * stochastic optimization", 2011, <a href="https://jmlr.org/papers/v12/duchi11a.html">JMLR
 * 12:2121-2159</a>.
 *
 * @param learningRate at least 0
 * @param learningRateDecay how the rate falls besides, at least 0
 * @param weightDecay the factor of p in g
 * @param initialAccumulatorValue what s is at first, at least 0
 * @param epsilon keeps the quotient finite, at least 0
 */
public record Adagrad(
    double learningRate,
    double learningRateDecay,
    double weightDecay,
    double initialAccumulatorValue,
    double epsilon)
    implements ElementwiseRule {
  private static final List<String> SETTINGS =
      List.of(
          Settings.RATE,
          "learningRateDecay",
          Settings.WEIGHT_DECAY,
          "initialAccumulatorValue",
          Settings.EPSILON);

  /**
   * Checks the hyper-parameters.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Adagrad {
    Ranges.atLeastZero("Adagrad", "learning rate", learningRate);
    Ranges.atLeastZero("Adagrad", "learning rate decay", learningRateDecay);
    Ranges.atLeastZero("Adagrad", "weight decay", weightDecay);
    Ranges.atLeastZero("Adagrad", "initial accumulator value", initialAccumulatorValue);
    Ranges.atLeastZero("Adagrad", "epsilon", epsilon);
  }

  /** Adagrad with PyTorch's learning rate of 1e-2. */
  public Adagrad() {
    this(1e-2);
  }

  /** Adagrad with epsilon 1e-10, sums that start from 0, no decay. */
  public Adagrad(double learningRate) {
    this(learningRate, 0, 0, 0, 1e-10);
  }

  /**
   * This rule with another {@code learningRateDecay}. PyTorch: {@code lr_decay}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public Adagrad withLearningRateDecay(double value) {
    return with("learningRateDecay", value);
  }

  /**
   * This rule with another {@code weightDecay}. PyTorch: {@code weight_decay}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public Adagrad withWeightDecay(double value) {
    return with(Settings.WEIGHT_DECAY, value);
  }

  /**
   * This rule with another {@code initialAccumulatorValue}. PyTorch: {@code
   * initial_accumulator_value}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public Adagrad withInitialAccumulatorValue(double value) {
    return with("initialAccumulatorValue", value);
  }

  /**
   * This rule with another {@code epsilon}. PyTorch: {@code eps}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public Adagrad withEpsilon(double value) {
    return with(Settings.EPSILON, value);
  }

  @Override
  public SequencedMap<String, Double> settings() {
    return Settings.of(
        SETTINGS, learningRate, learningRateDecay, weightDecay, initialAccumulatorValue, epsilon);
  }

  @Override
  public Adagrad with(String setting, double value) {
    double[] s = Settings.changed(this, setting, value);
    return new Adagrad(s[0], s[1], s[2], s[3], s[4]);
  }

  @Override
  public List<String> states() {
    return List.of("sum");
  }

  @Override
  public double initial(String state) {
    return initialAccumulatorValue;
  }

  @Override
  public double[] numbers(long step, double[] memory) {
    return new double[] {learningRate / (1 + (step - 1) * learningRateDecay)};
  }

  @Override
  public List<Formula> step(Terms old) {
    Formula g = Moments.decayed(old, weightDecay);
    Formula sum = old.states().getFirst().add(g.square());
    Formula direction = g.div(sum.sqrt().add(epsilon));
    return List.of(old.parameter().sub(direction.mul(old.numbers().getFirst())), sum);
  }
}
