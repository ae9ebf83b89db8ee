package dev.lanegrad.optim;

import dev.lanegrad.autodiff.formula.Formula;
import java.util.List;
import java.util.SequencedMap;

/**
 * Steps by the sign of the gradient alone, longer where it stays, shorter where it turns; for full
 * batches. PyTorch: {@code Rprop}.
 *
 * <p>With c = sign(g g'), g' the gradient before, at first 0: s = s etaPlus where c &gt; 0, s
 * etaMinus where c &lt; 0, kept from smallestStep to largestStep; where c &lt; 0 the gradient
 * counts as 0; p = p - sign(g) s. At first s is the learning rate.
 *
 * <p>Source: Riedmiller and Braun, "A direct adaptive method for faster backpropagation learning:
 * the RPROP algorithm", 1993, <a href="https://doi.org/10.1109/ICNN.1993.298623">ICNN 586-591</a>,
 * as PyTorch computes it.
 *
 * @param learningRate the first step, at least 0
 * @param etaMinus between 0 and 1
 * @param etaPlus above 1
 * @param smallestStep at least 0
 * @param largestStep at least {@code smallestStep}
 */
public record Rprop(
    double learningRate, double etaMinus, double etaPlus, double smallestStep, double largestStep)
    implements ElementwiseRule {
  private static final List<String> SETTINGS =
      List.of(Settings.RATE, "etaMinus", "etaPlus", "smallestStep", "largestStep");

  /**
   * Checks the hyper-parameters.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Rprop {
    Ranges.atLeastZero("Rprop", "learning rate", learningRate);
    boolean inOrder = 0 < etaMinus && etaMinus < 1 && 1 < etaPlus && etaPlus < Double.MAX_VALUE;
    Ranges.check(inOrder, "Rprop", "etas", "0 < etaMinus < 1 < etaPlus", etaMinus + ", " + etaPlus);
    Ranges.atLeastZero("Rprop", "smallest step", smallestStep);
    Ranges.atLeast(smallestStep, "Rprop", "largest step", largestStep);
  }

  /** Rprop with PyTorch's learning rate of 1e-2. */
  public Rprop() {
    this(1e-2);
  }

  /** Rprop with factors 0.5 and 1.2 and steps from 1e-6 to 50. */
  public Rprop(double learningRate) {
    this(learningRate, 0.5, 1.2, 1e-6, 50);
  }

  @Override
  public SequencedMap<String, Double> settings() {
    return Settings.of(SETTINGS, learningRate, etaMinus, etaPlus, smallestStep, largestStep);
  }

  @Override
  public Rprop with(String setting, double value) {
    double[] s = Settings.changed(this, setting, value);
    return new Rprop(s[0], s[1], s[2], s[3], s[4]);
  }

  /**
   * This rule with other {@code etaMinus} and {@code etaPlus}. PyTorch: {@code etas}.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Rprop withEtas(double minus, double plus) {
    return new Rprop(learningRate, minus, plus, smallestStep, largestStep);
  }

  /**
   * This rule with other {@code smallestStep} and {@code largestStep}. PyTorch: {@code step_sizes}.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Rprop withSteps(double smallest, double largest) {
    return new Rprop(learningRate, etaMinus, etaPlus, smallest, largest);
  }

  @Override
  public List<String> states() {
    return List.of("gradient", "stepSize");
  }

  @Override
  public double[] numbers(long step, double[] memory) {
    return new double[] {learningRate, step == 1 ? 1 : 0};
  }

  @Override
  public List<Formula> step(Terms old) {
    Formula sign = old.gradient().mul(old.states().get(0)).sign();
    Formula turns = sign.less(0);
    Formula factor =
        turns.where(
            Formula.constant(etaMinus),
            sign.greater(0).where(Formula.constant(etaPlus), Formula.ONE));
    Formula before = old.numbers().get(1).where(old.numbers().get(0), old.states().get(1));
    Formula size = before.mul(factor).clamp(smallestStep, largestStep);
    Formula g = turns.where(Formula.ZERO, old.gradient());
    return List.of(old.parameter().sub(g.sign().mul(size)), g, size);
  }
}
