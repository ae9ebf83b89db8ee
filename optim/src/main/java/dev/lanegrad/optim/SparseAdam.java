package dev.lanegrad.optim;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.Elementwise;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/**
 * {@link Adam} over the rows that occur: a row of the gradient that is all zeros, as of a word of
 * an embedding that no example has, leaves parameter and means as they are. PyTorch: {@code
 * SparseAdam} on sparse gradients; gradients are dense here, so that a row occurs where any element
 * is not 0.
 *
 * <p>In step t, for the rows that occur: m = beta1 m + (1 - beta1) g, v = beta2 v + (1 - beta2)
 * g^2, p = p - learningRate sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v) + epsilon). Rows are
 * along the first axis, and single numbers where there is no other.
 *
 * <p>Source: Kingma and Ba, "Adam: a method for stochastic optimization", 2014, <a
 * href="https://arxiv.org/abs/1412.6980">arXiv:1412.6980</a>; epsilon stands where PyTorch has it.
 *
 * @param learningRate at least 0
 * @param beta1 how much of the mean gradient is kept, from 0 to less than 1
 * @param beta2 how much of the mean square is kept, from 0 to less than 1
 * @param epsilon keeps the quotient finite, at least 0
 */
public record SparseAdam(double learningRate, double beta1, double beta2, double epsilon)
    implements TensorRule {
  private static final List<String> SETTINGS =
      List.of(Settings.RATE, Settings.BETA1, Settings.BETA2, Settings.EPSILON);

  /**
   * Checks the hyper-parameters.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public SparseAdam {
    Ranges.atLeastZero("SparseAdam", "learning rate", learningRate);
    Ranges.fraction("SparseAdam", "beta1", beta1);
    Ranges.fraction("SparseAdam", "beta2", beta2);
    Ranges.atLeastZero("SparseAdam", "epsilon", epsilon);
  }

  /** SparseAdam with PyTorch's learning rate of 1e-3. */
  public SparseAdam() {
    this(1e-3);
  }

  /** SparseAdam with the usual betas 0.9 and 0.999 and epsilon 1e-8. */
  public SparseAdam(double learningRate) {
    this(learningRate, 0.9, 0.999, 1e-8);
  }

  /**
   * This rule with other means: {@code beta1} and {@code beta2}. PyTorch: {@code betas}.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public SparseAdam withBetas(double first, double second) {
    return with(Settings.BETA1, first).with(Settings.BETA2, second);
  }

  /**
   * This rule with another {@code epsilon}. PyTorch: {@code eps}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public SparseAdam withEpsilon(double value) {
    return with(Settings.EPSILON, value);
  }

  @Override
  public SequencedMap<String, Double> settings() {
    return Settings.of(SETTINGS, learningRate, beta1, beta2, epsilon);
  }

  @Override
  public SparseAdam with(String setting, double value) {
    double[] s = Settings.changed(this, setting, value);
    return new SparseAdam(s[0], s[1], s[2], s[3]);
  }

  @Override
  public SequencedMap<String, Tensor> states(Tensor parameter) {
    return Moments.zeros(parameter);
  }

  @Override
  public double[] numbers(long step, double[] memory) {
    double rate = learningRate * Math.sqrt(Moments.bias(beta2, step)) / Moments.bias(beta1, step);
    return new double[] {rate, beta1, 1 - beta1};
  }

  @Override
  public List<Tensor> step(Terms old) {
    Tensor g = old.gradient();
    int rank = Math.max(g.rank() - 1, 0);
    int[] inner = IntStream.rangeClosed(1, rank).toArray();
    Tensor occurs = rank == 0 ? g : g.abs().maxKeeping(inner);
    return update()
        .apply(
            List.of(
                old.parameter(),
                g,
                old.state(0),
                old.state(1),
                old.number(0),
                old.number(1),
                old.number(2),
                occurs));
  }

  private Elementwise update() {
    Formula p = Formula.input(0);
    Formula m = Formula.input(2);
    Formula v = Formula.input(3);
    // not 0, also where it is NaN
    Formula occurs = Formula.input(7);
    Moments next = Moments.next(m, v, Formula.input(1), Formula.input(5), Formula.input(6), beta2);
    Formula direction = next.first().div(next.second().sqrt().add(epsilon));
    return Elementwise.of(
        occurs.where(p.sub(direction.mul(Formula.input(4))), p),
        occurs.where(next.first(), m),
        occurs.where(next.second(), v));
  }
}
