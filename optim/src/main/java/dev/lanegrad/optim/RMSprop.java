package dev.lanegrad.optim;

import dev.lanegrad.autodiff.formula.Formula;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/**
 * Gradients over the root of their running mean square. PyTorch: {@code RMSprop}.
 *
 * <p>With g = gradient + weightDecay p: v = alpha v + (1 - alpha) g^2, r = sqrt(v) + epsilon, or,
 * where it is centered, a = a + (1 - alpha) (g - a), r = sqrt(v - a^2) + epsilon; p = p -
 * learningRate g / r, or with a momentum b = momentum b + g / r, p = p - learningRate b.
 *
 * <p>Source: Hinton, Srivastava and Swersky, lecture 6e of "Neural networks for machine learning",
 * 2012, <a href="https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf">slide
 * 29</a>; centered: Graves, "Generating sequences with recurrent neural networks", 2013, <a
 * href="https://arxiv.org/abs/1308.0850">arXiv:1308.0850</a>.
 *
 * @param learningRate at least 0
 * @param alpha how much of the mean square is kept, from 0 to 1
 * @param epsilon keeps the quotient finite, at least 0
 * @param weightDecay the factor of p in g
 * @param momentum at least 0, where nothing is remembered
 * @param centered whether the variance counts in the place of the mean square
 */
public record RMSprop(
    double learningRate,
    double alpha,
    double epsilon,
    double weightDecay,
    double momentum,
    boolean centered)
    implements ElementwiseRule {
  private static final List<String> SETTINGS =
      List.of(Settings.RATE, "alpha", Settings.EPSILON, Settings.WEIGHT_DECAY, Settings.MOMENTUM);

  /**
   * Checks the hyper-parameters.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public RMSprop {
    Ranges.atLeastZero("RMSprop", "learning rate", learningRate);
    Ranges.atLeastZero("RMSprop", "alpha", alpha);
    Ranges.atMostOne("RMSprop", "alpha", alpha);
    Ranges.atLeastZero("RMSprop", "epsilon", epsilon);
    Ranges.atLeastZero("RMSprop", "weight decay", weightDecay);
    Ranges.atLeastZero("RMSprop", "momentum", momentum);
  }

  /** RMSprop with PyTorch's learning rate of 1e-2. */
  public RMSprop() {
    this(1e-2);
  }

  /** RMSprop with alpha 0.99, epsilon 1e-8, no momentum and no weight decay. */
  public RMSprop(double learningRate) {
    this(learningRate, 0.99, 1e-8, 0, 0, false);
  }

  /**
   * This rule with another {@code alpha}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public RMSprop withAlpha(double value) {
    return with("alpha", value);
  }

  /**
   * This rule with another {@code epsilon}. PyTorch: {@code eps}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public RMSprop withEpsilon(double value) {
    return with(Settings.EPSILON, value);
  }

  /**
   * This rule with another {@code weightDecay}. PyTorch: {@code weight_decay}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public RMSprop withWeightDecay(double value) {
    return with(Settings.WEIGHT_DECAY, value);
  }

  /**
   * This rule with another {@code momentum}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public RMSprop withMomentum(double value) {
    return with(Settings.MOMENTUM, value);
  }

  /** This rule with or without {@code centered}. */
  public RMSprop withCentered(boolean value) {
    return new RMSprop(learningRate, alpha, epsilon, weightDecay, momentum, value);
  }

  @Override
  public SequencedMap<String, Double> settings() {
    return Settings.of(SETTINGS, learningRate, alpha, epsilon, weightDecay, momentum);
  }

  @Override
  public RMSprop with(String setting, double value) {
    double[] s = Settings.changed(this, setting, value);
    return new RMSprop(s[0], s[1], s[2], s[3], s[4], centered);
  }

  @Override
  public List<String> states() {
    List<String> states = new ArrayList<>(List.of("squareAverage"));
    if (centered) {
      states.add("gradientAverage");
    }
    if (momentum > 0) {
      states.add("momentum");
    }
    return List.copyOf(states);
  }

  @Override
  public double[] numbers(long step, double[] memory) {
    return new double[] {learningRate, momentum};
  }

  @Override
  public List<Formula> step(Terms old) {
    Formula g = Moments.decayed(old, weightDecay);
    Formula v = old.states().getFirst().mul(alpha).add(g.square().mul(1 - alpha));
    List<Formula> states = new ArrayList<>(List.of(v));
    Formula square = v;
    if (centered) {
      Formula before = old.states().get(1);
      Formula mean = before.add(g.sub(before).mul(1 - alpha));
      states.add(mean);
      square = v.sub(mean.square());
    }
    Formula direction = g.div(square.sqrt().add(epsilon));
    if (momentum > 0) {
      direction = old.states().getLast().mul(old.numbers().get(1)).add(direction);
      states.add(direction);
    }
    states.addFirst(old.parameter().sub(direction.mul(old.numbers().getFirst())));
    return states;
  }
}
