package dev.lanegrad.optim;

import static dev.lanegrad.optim.Settings.MOMENTUM;
import static dev.lanegrad.optim.Settings.RATE;
import static dev.lanegrad.optim.Settings.WEIGHT_DECAY;

import dev.lanegrad.autodiff.formula.Formula;
import java.util.List;
import java.util.SequencedMap;

/**
 * Gradient descent, stochastic where gradients come from batches: g = gradient + weightDecay p, m =
 * momentum m + (1 - dampening) g, p = p - learningRate d, where d is m, or g + momentum m by
 * Nesterov's rule. In the first step m = g. PyTorch: {@code SGD}.
 *
 * <p>Source of the Nesterov form: Sutskever, Martens, Dahl and Hinton, "On the importance of
 * initialization and momentum in deep learning", ICML 2013, <a
 * href="https://proceedings.mlr.press/v28/sutskever13.html">PMLR 28(3):1139-1147</a>, as PyTorch
 * computes it.
 *
 * @param learningRate at least 0
 * @param momentum from 0 (nothing is remembered) to less than 1
 * @param dampening how much of the gradient is kept from m, at most 1
 * @param nesterov whether the step looks ahead; needs a momentum and no dampening
 * @param weightDecay the factor of p in g
 */
public record SGD(
    double learningRate, double momentum, double dampening, boolean nesterov, double weightDecay)
    implements ElementwiseRule {
  private static final List<String> SETTINGS = List.of(RATE, MOMENTUM, "dampening", WEIGHT_DECAY);

  /**
   * Checks the hyper-parameters.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public SGD {
    Ranges.atLeastZero("SGD", "learning rate", learningRate);
    Ranges.fraction("SGD", "momentum", momentum);
    Ranges.atMostOne("SGD", "dampening", dampening);
    Ranges.atLeastZero("SGD", "weight decay", weightDecay);
    if (nesterov && (momentum == 0 || dampening != 0)) {
      throw new IllegalArgumentException(
          "SGD: Nesterov's rule needs a momentum above 0 and no dampening, not %s and %s"
              .formatted(momentum, dampening));
    }
  }

  /** Plain gradient descent with PyTorch's rate of 1e-3. */
  public SGD() {
    this(1e-3);
  }

  /** Plain gradient descent. */
  public SGD(double learningRate) {
    this(learningRate, 0, 0, false, 0);
  }

  /** Gradient descent with momentum. */
  public SGD(double learningRate, double momentum) {
    this(learningRate, momentum, 0, false, 0);
  }

  /** Without dampening. */
  public SGD(double learningRate, double momentum, boolean nesterov, double weightDecay) {
    this(learningRate, momentum, 0, nesterov, weightDecay);
  }

  /**
   * This rule with another {@code momentum}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public SGD withMomentum(double value) {
    return with(MOMENTUM, value);
  }

  /**
   * This rule with another {@code dampening}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public SGD withDampening(double value) {
    return with("dampening", value);
  }

  /** This rule with or without {@code nesterov}. */
  public SGD withNesterov(boolean value) {
    return new SGD(learningRate, momentum, dampening, value, weightDecay);
  }

  /**
   * This rule with another {@code weightDecay}. PyTorch: {@code weight_decay}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public SGD withWeightDecay(double value) {
    return with(WEIGHT_DECAY, value);
  }

  @Override
  public SequencedMap<String, Double> settings() {
    return Settings.of(SETTINGS, learningRate, momentum, dampening, weightDecay);
  }

  @Override
  public SGD with(String setting, double value) {
    double[] s = Settings.changed(this, setting, value);
    return new SGD(s[0], s[1], s[2], nesterov, s[3]);
  }

  @Override
  public List<String> states() {
    return momentum == 0 ? List.of() : List.of("momentum");
  }

  @Override
  public double[] numbers(long step, double[] memory) {
    return new double[] {learningRate, momentum, step == 1 ? 1 : 1 - dampening};
  }

  @Override
  public List<Formula> step(Terms old) {
    Formula p = old.parameter();
    Formula g = Moments.decayed(old, weightDecay);
    Formula rate = old.numbers().getFirst();
    if (momentum == 0) {
      return List.of(p.sub(g.mul(rate)));
    }
    Formula factor = old.numbers().get(1);
    Formula kept = dampening == 0 ? g : g.mul(old.numbers().get(2));
    Formula m = old.states().getFirst().mul(factor).add(kept);
    Formula direction = nesterov ? g.add(m.mul(factor)) : m;
    return List.of(p.sub(direction.mul(rate)), m);
  }
}
