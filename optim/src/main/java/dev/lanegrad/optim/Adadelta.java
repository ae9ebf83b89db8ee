package dev.lanegrad.optim;

import dev.lanegrad.autodiff.formula.Formula;
import java.util.List;
import java.util.SequencedMap;

/**
 * Steps in the unit of the parameters: recent changes over recent gradients. PyTorch: {@code
 * Adadelta}.
 *
 * <p>With g = gradient + weightDecay p: v = rho v + (1 - rho) g^2, d = sqrt(u + epsilon) / sqrt(v +
 * epsilon) g, u = rho u + (1 - rho) d^2, p = p - learningRate d.
 *
 * <p>Source: Zeiler, "ADADELTA: an adaptive learning rate method", 2012, <a
 * href="https://arxiv.org/abs/1212.5701">arXiv:1212.5701</a>.
 *
 * @param learningRate at least 0
 * @param rho how much of the mean squares is kept, from 0 to 1
 * @param epsilon keeps the quotient finite, at least 0
 * @param weightDecay the factor of p in g
 */
public record Adadelta(double learningRate, double rho, double epsilon, double weightDecay)
    implements ElementwiseRule {
  private static final List<String> SETTINGS =
      List.of(Settings.RATE, "rho", Settings.EPSILON, Settings.WEIGHT_DECAY);

  /**
   * Checks the hyper-parameters.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Adadelta {
    Ranges.atLeastZero("Adadelta", "learning rate", learningRate);
    Ranges.atLeastZero("Adadelta", "rho", rho);
    Ranges.atMostOne("Adadelta", "rho", rho);
    Ranges.atLeastZero("Adadelta", "epsilon", epsilon);
    Ranges.atLeastZero("Adadelta", "weight decay", weightDecay);
  }

  /** Adadelta with PyTorch's learning rate of 1.0. */
  public Adadelta() {
    this(1.0);
  }

  /** Adadelta with rho 0.9, epsilon 1e-6 and no weight decay. */
  public Adadelta(double learningRate) {
    this(learningRate, 0.9, 1e-6, 0);
  }

  /**
   * This rule with another {@code rho}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public Adadelta withRho(double value) {
    return with("rho", value);
  }

  /**
   * This rule with another {@code epsilon}. PyTorch: {@code eps}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public Adadelta withEpsilon(double value) {
    return with(Settings.EPSILON, value);
  }

  /**
   * This rule with another {@code weightDecay}. PyTorch: {@code weight_decay}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public Adadelta withWeightDecay(double value) {
    return with(Settings.WEIGHT_DECAY, value);
  }

  @Override
  public SequencedMap<String, Double> settings() {
    return Settings.of(SETTINGS, learningRate, rho, epsilon, weightDecay);
  }

  @Override
  public Adadelta with(String setting, double value) {
    double[] s = Settings.changed(this, setting, value);
    return new Adadelta(s[0], s[1], s[2], s[3]);
  }

  @Override
  public List<String> states() {
    return List.of("squareAverage", "deltaAverage");
  }

  @Override
  public double[] numbers(long step, double[] memory) {
    return new double[] {learningRate};
  }

  @Override
  public List<Formula> step(Terms old) {
    Formula g = Moments.decayed(old, weightDecay);
    Formula v = old.states().get(0).mul(rho).add(g.square().mul(1 - rho));
    Formula change = old.states().get(1);
    Formula d = change.add(epsilon).sqrt().div(v.add(epsilon).sqrt()).mul(g);
    Formula u = change.mul(rho).add(d.square().mul(1 - rho));
    return List.of(old.parameter().sub(d.mul(old.numbers().getFirst())), v, u);
  }
}
