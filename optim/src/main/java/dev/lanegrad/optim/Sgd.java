package dev.lanegrad.optim;

import dev.lanegrad.autodiff.formula.Formula;
import java.util.List;

/**
 * Gradient descent, stochastic where gradients come from batches: g = gradient + weightDecay p,
 * m = momentum m + g, p = p - learningRate d, where d is m, or g + momentum m by Nesterov's rule.
 *
 * <p>Source of the Nesterov form: Sutskever, Martens, Dahl and Hinton, "On the importance of
 * initialization and momentum in deep learning", ICML 2013, <a
 * href="https://proceedings.mlr.press/v28/sutskever13.html">PMLR 28(3):1139-1147</a>, as PyTorch
 * computes it.
 *
 * @param learningRate at least 0
 * @param momentum from 0 (nothing is remembered) to less than 1
 * @param nesterov whether the step looks ahead; needs a momentum
 * @param weightDecay the factor of p in g
 */
public record Sgd(double learningRate, double momentum, boolean nesterov, double weightDecay)
    implements Rule {
  /**
   * Checks the hyper-parameters.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Sgd {
    Ranges.atLeastZero("sgd", "learning rate", learningRate);
    Ranges.fraction("sgd", "momentum", momentum);
    Ranges.atLeastZero("sgd", "weight decay", weightDecay);
    if (nesterov && momentum == 0) {
      throw new IllegalArgumentException("sgd: Nesterov's rule needs a momentum above 0");
    }
  }

  /** Plain gradient descent. */
  public Sgd(double learningRate) {
    this(learningRate, 0, false, 0);
  }

  /** Gradient descent with momentum. */
  public Sgd(double learningRate, double momentum) {
    this(learningRate, momentum, false, 0);
  }

  @Override
  public List<String> states() {
    return momentum == 0 ? List.of() : List.of("momentum");
  }

  @Override
  public double[] numbers(double learningRate, long step) {
    return new double[] {learningRate};
  }

  @Override
  public List<Formula> step(Terms old) {
    Formula p = old.parameter();
    Formula g = weightDecay == 0 ? old.gradient() : old.gradient().add(p.mul(weightDecay));
    Formula rate = old.numbers().getFirst();
    if (momentum == 0) {
      return List.of(p.sub(g.mul(rate)));
    }
    Formula m = old.states().getFirst().mul(momentum).add(g);
    Formula direction = nesterov ? g.add(m.mul(momentum)) : m;
    return List.of(p.sub(direction.mul(rate)), m);
  }
}
