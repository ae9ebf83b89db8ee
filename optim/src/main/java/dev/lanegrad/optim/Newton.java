package dev.lanegrad.optim;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.LinearAlgebra;
import dev.lanegrad.autodiff.LinearAlgebraException;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Newton's method: p = p - learningRate (H + damping I)^-1 g with the Hessian H of the loss. On a
 * quadratic one step finds the minimum.
 *
 * <p>Up to {@link Options#largestHessian} numbers H is computed and the system solved by
 * elimination; beyond, by conjugate gradients with products of H and a vector, which stop where the
 * curvature is not positive. The loss is computed with other tensors in the place of the parameters
 * ({@link Parameter#substitute}), so that it must not change them. Losses and slopes are read out
 * of tensors: it is not a recorded step.
 *
 * <p>Source: Nocedal and Wright, "Numerical optimization", 2006, sections 3.3 and 7.1 (algorithm
 * 7.1, the line search Newton-CG method, without its line search).
 */
public final class Newton implements ClosureOptimizer {
  private static final List<String> SETTINGS = List.of(Settings.RATE, "damping");

  /**
   * How steps are made.
   *
   * @param learningRate the part of the way that is gone, at least 0
   * @param damping what is added to the Hessian's diagonal, at least 0
   * @param largestHessian up to how many numbers the Hessian is computed, at least 0
   * @param maxIterations of conjugate gradients, at least 1
   * @param tolerance how small the remainder of conjugate gradients becomes, as a part of the
   *     gradient; at least 0
   */
  public record Options(
      double learningRate,
      double damping,
      int largestHessian,
      int maxIterations,
      double tolerance) {
    /** Whole steps without damping; Hessians up to 200 numbers, then 250 iterations to 1e-10. */
    public static final Options DEFAULT = new Options(1, 0, 200, 250, 1e-10);

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public Options {
      Ranges.atLeastZero("Newton", "learning rate", learningRate);
      Ranges.atLeastZero("Newton", "damping", damping);
      boolean isSize = largestHessian >= 0;
      Ranges.check(isSize, "Newton", "largest Hessian", "at least 0", largestHessian);
      Ranges.check(maxIterations > 0, "Newton", "iterations", "at least 1", maxIterations);
      Ranges.atLeastZero("Newton", "tolerance", tolerance);
    }

    /**
     * These options with another {@code learningRate}.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public Options withLearningRate(double value) {
      return new Options(value, damping, largestHessian, maxIterations, tolerance);
    }

    /**
     * These options with another {@code damping}.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public Options withDamping(double value) {
      return new Options(learningRate, value, largestHessian, maxIterations, tolerance);
    }

    /** 0 for conjugate gradients always. */
    public Options withLargestHessian(int value) {
      return new Options(learningRate, damping, value, maxIterations, tolerance);
    }

    /**
     * These options with other limits of conjugate gradients: {@code maxIterations} and {@code
     * tolerance}.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public Options withConjugateGradients(int iterations, double remainder) {
      return new Options(learningRate, damping, largestHessian, iterations, remainder);
    }
  }

  private final FlatParameters parameters;
  private final Options initial;
  private Options options;

  /** Whole steps without damping. */
  public Newton(Collection<Parameter> parameters) {
    this(parameters, Options.DEFAULT);
  }

  /**
   * An optimizer.
   *
   * @throws IllegalArgumentException if there is no parameter, one is given twice, or their dtypes
   *     differ
   */
  public Newton(Collection<Parameter> parameters, Options options) {
    this.parameters = new FlatParameters("Newton", parameters);
    this.initial = Objects.requireNonNull(options, "Newton: options is null");
    this.options = options;
  }

  /** What it was made with, and {@code set} since. */
  public Options options() {
    return options;
  }

  /**
   * {@inheritDoc}
   *
   * @throws LinearAlgebraException if the Hessian is singular: a damping helps
   */
  @Override
  public double step(Supplier<Tensor> loss) {
    Objects.requireNonNull(loss, "Newton: loss is null");
    parameters.requireChangeable();
    Tensor start = parameters.values();
    UnaryOperator<Tensor> function = vector -> parameters.lossAt(vector, loss);
    Tensor x = start.requiresGrad();
    Autodiff.ValueAndGradient at = Autodiff.valueAndGrad(function).apply(x);
    FlatParameters.Evaluation now =
        new FlatParameters.Evaluation(at.value().item(), at.gradient().detach());
    if (!now.isFinite()) {
      return now.loss();
    }
    Tensor direction =
        parameters.size() <= options.largestHessian
            ? byElimination(Autodiff.hessian(function, start), now.gradient())
            : byConjugateGradients(v -> product(at.gradient(), x, v), now.gradient());
    parameters.moveTo(start, direction, -options.learningRate);
    return now.loss();
  }

  private Tensor byElimination(Tensor hessian, Tensor gradient) {
    Tensor damping = Tensor.eye(hessian.dtype(), parameters.size()).mul(options.damping);
    try {
      return LinearAlgebra.solve(options.damping == 0 ? hessian : hessian.add(damping), gradient);
    } catch (LinearAlgebraException e) {
      LinearAlgebraException named =
          new LinearAlgebraException(
              "Newton: the Hessian %s is singular with a damping of %s: take a larger one, or %s"
                  .formatted(
                      hessian.shape(), options.damping, "conjugate gradients (largestHessian 0)"));
      named.initCause(e);
      throw named;
    }
  }

  private Tensor product(Tensor gradient, Tensor x, Tensor v) {
    Tensor projected = gradient.mul(v).sum();
    Tensor product =
        projected.isTracked()
            ? Autodiff.gradients(projected, x).getFirst()
            : Tensor.zeros(v.dtype(), v.size());
    return product.add(v.mul(options.damping));
  }

  private Tensor byConjugateGradients(UnaryOperator<Tensor> hessian, Tensor gradient) {
    Tensor solution = Tensor.zeros(gradient.dtype(), gradient.size());
    Tensor remainder = gradient;
    Tensor direction = gradient;
    double square = FlatParameters.dot(remainder, remainder);
    double enough = square * options.tolerance * options.tolerance;
    for (int i = 0; i < options.maxIterations && square > enough; i++) {
      Tensor product = hessian.apply(direction);
      double curvature = FlatParameters.dot(direction, product);
      if (!(curvature > 0)) {
        return i == 0 ? gradient : solution;
      }
      double length = square / curvature;
      solution = solution.add(direction.mul(length));
      remainder = remainder.sub(product.mul(length));
      double next = FlatParameters.dot(remainder, remainder);
      direction = remainder.add(direction.mul(next / square));
      square = next;
    }
    return solution;
  }

  @Override
  public SequencedMap<String, Double> settings(int group) {
    return settings(options);
  }

  @Override
  public SequencedMap<String, Double> initialSettings(int group) {
    return settings(initial);
  }

  private static SequencedMap<String, Double> settings(Options options) {
    return Settings.of(SETTINGS, options.learningRate, options.damping);
  }

  @Override
  public void set(int group, String setting, double value) {
    double[] values = Settings.changed("Newton", settings(options), setting, value);
    options = options.withLearningRate(values[0]).withDamping(values[1]);
  }

  /** The settings: nothing else is remembered. */
  @Override
  public SequencedMap<String, Tensor> stateDict() {
    SequencedMap<String, Tensor> state = new LinkedHashMap<>();
    settings(options)
        .forEach((name, value) -> state.put("group.0." + name, StateDict.number(value)));
    return state;
  }

  @Override
  public void loadStateDict(Map<String, Tensor> state) {
    StateDict.Reader reader = StateDict.check("Newton", stateDict(), state);
    options =
        options
            .withLearningRate(reader.number("group.0.learningRate"))
            .withDamping(reader.number("group.0.damping"));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "Newton[%s, %d parameters]", options, parameters.list().size());
  }
}
