package dev.lanegrad.optim;

import dev.lanegrad.autodiff.formula.Formula;
import java.util.List;
import java.util.SequencedMap;

/**
 * Gradient descent with falling rates that keeps the mean of the parameters besides. PyTorch:
 * {@code ASGD}.
 *
 * <p>In step t with g = gradient + weightDecay p: p = p (1 - lambda eta) - eta g, a = a + mu (p -
 * a); then eta = learningRate / (1 + lambda learningRate t)^alpha and mu = 1 / max(1, t - start)
 * for the next step. At first eta is the learning rate and mu 1. The mean a is {@code
 * optimizer.state(parameter, "average")}.
 *
 * <p>Source: Polyak and Juditsky, "Acceleration of stochastic approximation by averaging", 1992, <a
 * href="https://doi.org/10.1137/0330046">SIAM J. Control Optim. 30(4):838-855</a>, as PyTorch
 * computes it.
 *
 * @param learningRate at least 0
 * @param lambda the decay, finite
 * @param alpha the power of the rate's fall, finite
 * @param start the step from which parameters are averaged (PyTorch's t0), finite
 * @param weightDecay the factor of p in g
 */
public record ASGD(
    double learningRate, double lambda, double alpha, double start, double weightDecay)
    implements ElementwiseRule {
  private static final List<String> SETTINGS =
      List.of(Settings.RATE, "lambda", "alpha", "start", Settings.WEIGHT_DECAY);

  /**
   * Checks the hyper-parameters.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public ASGD {
    Ranges.atLeastZero("ASGD", "learning rate", learningRate);
    Ranges.finite("ASGD", "lambda", lambda);
    Ranges.finite("ASGD", "alpha", alpha);
    Ranges.finite("ASGD", "start", start);
    Ranges.atLeastZero("ASGD", "weight decay", weightDecay);
  }

  /** ASGD with PyTorch's learning rate of 1e-2. */
  public ASGD() {
    this(1e-2);
  }

  /** ASGD with lambda 1e-4, alpha 0.75, means from step 1e6 on and no weight decay. */
  public ASGD(double learningRate) {
    this(learningRate, 1e-4, 0.75, 1e6, 0);
  }

  /**
   * This rule with another {@code lambda}. PyTorch: {@code lambd}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public ASGD withLambda(double value) {
    return with("lambda", value);
  }

  /**
   * This rule with another {@code alpha}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public ASGD withAlpha(double value) {
    return with("alpha", value);
  }

  /**
   * This rule with another {@code start}. PyTorch: {@code t0}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public ASGD withStart(double value) {
    return with("start", value);
  }

  /**
   * This rule with another {@code weightDecay}. PyTorch: {@code weight_decay}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public ASGD withWeightDecay(double value) {
    return with(Settings.WEIGHT_DECAY, value);
  }

  @Override
  public SequencedMap<String, Double> settings() {
    return Settings.of(SETTINGS, learningRate, lambda, alpha, start, weightDecay);
  }

  @Override
  public ASGD with(String setting, double value) {
    double[] s = Settings.changed(this, setting, value);
    return new ASGD(s[0], s[1], s[2], s[3], s[4]);
  }

  @Override
  public List<String> states() {
    return List.of("average");
  }

  @Override
  public SequencedMap<String, Double> memory() {
    return Settings.of(List.of("eta", "mu"), 0, 1);
  }

  @Override
  public double[] numbers(long step, double[] memory) {
    double eta = step == 1 ? learningRate : memory[0];
    double mu = memory[1];
    memory[0] = learningRate / StrictMath.pow(1 + lambda * learningRate * step, alpha);
    memory[1] = 1 / Math.max(1, step - start);
    return new double[] {eta, 1 - lambda * eta, mu};
  }

  @Override
  public List<Formula> step(Terms old) {
    List<Formula> numbers = old.numbers();
    Formula g = Moments.decayed(old, weightDecay);
    Formula p = old.parameter().mul(numbers.get(1)).sub(g.mul(numbers.get(0)));
    Formula mean = old.states().getFirst();
    Formula moved = mean.add(p.sub(mean).mul(numbers.get(2)));
    return List.of(p, numbers.get(2).equal(1).where(p, moved));
  }
}
