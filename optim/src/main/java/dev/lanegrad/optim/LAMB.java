package dev.lanegrad.optim;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.Elementwise;
import java.util.List;
import java.util.SequencedMap;

/**
 * Adam whose step for each parameter is as long as the parameter is: for very large batches.
 *
 * <p>In step t: m = beta1 m + (1 - beta1) g, v = beta2 v + (1 - beta2) g^2, r = m / (1 - beta1^t) /
 * (sqrt(v / (1 - beta2^t)) + epsilon) + weightDecay p, p = p - learningRate |p| / |r| r, by
 * Euclidean norms over the whole parameter; where one of them is 0 the quotient is 1.
 *
 * <p>Source: You et al., "Large batch optimization for deep learning: training BERT in 76 minutes",
 * 2019, <a href="https://arxiv.org/abs/1904.00962">arXiv:1904.00962</a>, algorithm 2 with the
 * identity for phi. PyTorch has no LAMB.
 *
 * @param learningRate at least 0
 * @param beta1 how much of the mean gradient is kept, from 0 to less than 1
 * @param beta2 how much of the mean square is kept, from 0 to less than 1
 * @param epsilon keeps the quotient finite, at least 0
 * @param weightDecay the factor of p in r
 */
public record LAMB(
    double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
    implements TensorRule {
  /** The quotient of two norms, or 1. */
  private static final Elementwise TRUST =
      Elementwise.of(
          (size, step) ->
              size.greater(0).logicalAnd(step.greater(0)).where(size.div(step), Formula.ONE));

  private static final Elementwise MOVE =
      Elementwise.of(
          Formula.input(0).sub(Formula.input(1).mul(Formula.input(2).mul(Formula.input(3)))));

  /**
   * Checks the hyper-parameters.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public LAMB {
    AdamSteps.check("LAMB", learningRate, beta1, beta2, epsilon, weightDecay);
  }

  /** LAMB with a learning rate of 1e-3. */
  public LAMB() {
    this(1e-3);
  }

  /** LAMB with the usual betas 0.9 and 0.999, epsilon 1e-6 and no weight decay. */
  public LAMB(double learningRate) {
    this(learningRate, 0.9, 0.999, 1e-6, 0);
  }

  /**
   * This rule with other means: {@code beta1} and {@code beta2}. PyTorch: {@code betas}.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public LAMB withBetas(double first, double second) {
    return with(Settings.BETA1, first).with(Settings.BETA2, second);
  }

  /**
   * This rule with another {@code epsilon}. PyTorch: {@code eps}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public LAMB withEpsilon(double value) {
    return with(Settings.EPSILON, value);
  }

  /**
   * This rule with another {@code weightDecay}. PyTorch: {@code weight_decay}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public LAMB withWeightDecay(double value) {
    return with(Settings.WEIGHT_DECAY, value);
  }

  @Override
  public SequencedMap<String, Double> settings() {
    return Settings.of(AdamSteps.SETTINGS, learningRate, beta1, beta2, epsilon, weightDecay);
  }

  @Override
  public LAMB with(String setting, double value) {
    double[] s = Settings.changed(this, setting, value);
    return new LAMB(s[0], s[1], s[2], s[3], s[4]);
  }

  @Override
  public SequencedMap<String, Tensor> states(Tensor parameter) {
    return Moments.zeros(parameter);
  }

  @Override
  public double[] numbers(long step, double[] memory) {
    return new double[] {
      learningRate,
      1 / Moments.bias(beta1, step),
      1 / Math.sqrt(Moments.bias(beta2, step)),
      beta1,
      1 - beta1,
      weightDecay
    };
  }

  @Override
  public List<Tensor> step(Terms old) {
    Tensor p = old.parameter();
    List<Tensor> results =
        update()
            .apply(
                List.of(
                    p,
                    old.gradient(),
                    old.state(0),
                    old.state(1),
                    old.number(1),
                    old.number(2),
                    old.number(3),
                    old.number(4),
                    old.number(5)));
    Tensor direction = results.getFirst();
    Tensor ratio = TRUST.applyTo(p.norm(), direction.norm());
    Tensor next = MOVE.applyTo(p, direction, old.number(0), ratio);
    return List.of(next, results.get(1), results.get(2));
  }

  private Elementwise update() {
    Moments next =
        Moments.next(
            Formula.input(2),
            Formula.input(3),
            Formula.input(1),
            Formula.input(6),
            Formula.input(7),
            beta2);
    Formula root = next.second().sqrt().mul(Formula.input(5)).add(epsilon);
    Formula direction = next.first().mul(Formula.input(4)).div(root);
    return Elementwise.of(
        direction.add(Formula.input(0).mul(Formula.input(8))), next.first(), next.second());
  }
}
