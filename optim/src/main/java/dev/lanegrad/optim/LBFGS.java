package dev.lanegrad.optim;

import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.optim.FlatParameters.Evaluation;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Newton's method with an inverse Hessian that is guessed from the last gradients; for losses
 * without noise. One step makes up to {@link Options#maxIterations} iterations. PyTorch: {@code
 * LBFGS}.
 *
 * <p>d = -H g by the two loops over the last moves s and changes of the gradient y, from H = (s y)
 * / (y y) of the last; pairs with s y &le; 1e-10 are left out. p = p + t d with t the learning rate
 * (in the first iteration of all min(1, 1 / sum |g|) times it), or from there by a line search for
 * the strong Wolfe conditions. A step ends where the largest |g| is at most {@link
 * Options#toleranceGradient}, g d &gt; -{@link Options#toleranceChange}, or the largest change of a
 * number or the change of the loss is below it. All that is decided in Java, by numbers that are
 * read out of tensors: it is not a recorded step.
 *
 * <p>Source: Liu and Nocedal, "On the limited memory BFGS method for large scale optimization",
 * 1989, <a href="https://doi.org/10.1007/BF01589116">Math. Program. 45:503-528</a>, with the tests
 * of PyTorch.
 */
public final class LBFGS implements ClosureOptimizer {
  /**
   * How steps are made and when they end.
   *
   * @param learningRate the length of a step, or the first that the line search tries; at least 0
   * @param maxIterations in one step, at least 1
   * @param maxEvaluations of the loss in one step, at least 1
   * @param toleranceGradient at least 0
   * @param toleranceChange at least 0
   * @param historySize how many moves are remembered, at least 1
   * @param strongWolfe whether a line search finds the length of a step
   */
  public record Options(
      double learningRate,
      int maxIterations,
      int maxEvaluations,
      double toleranceGradient,
      double toleranceChange,
      int historySize,
      boolean strongWolfe) {
    /** PyTorch's defaults: no line search. */
    public static final Options DEFAULT = new Options(1, 20, 25, 1e-7, 1e-9, 100, false);

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public Options {
      Ranges.atLeastZero("LBFGS", "learning rate", learningRate);
      Ranges.check(maxIterations > 0, "LBFGS", "iterations", "at least 1", maxIterations);
      Ranges.check(maxEvaluations > 0, "LBFGS", "evaluations", "at least 1", maxEvaluations);
      Ranges.atLeastZero("LBFGS", "tolerance of the gradient", toleranceGradient);
      Ranges.atLeastZero("LBFGS", "tolerance of changes", toleranceChange);
      Ranges.check(historySize > 0, "LBFGS", "history size", "at least 1", historySize);
    }

    /**
     * These options with another {@code learningRate}. PyTorch: {@code lr}.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public Options withLearningRate(double value) {
      return new Options(
          value,
          maxIterations,
          maxEvaluations,
          toleranceGradient,
          toleranceChange,
          historySize,
          strongWolfe);
    }

    /** So many iterations in a step, and 5/4 as many evaluations. */
    public Options withMaxIterations(int value) {
      return new Options(
          learningRate,
          value,
          Math.max(1, (int) (value * 5L / 4)),
          toleranceGradient,
          toleranceChange,
          historySize,
          strongWolfe);
    }

    /**
     * These options with another number of {@code maxEvaluations}. PyTorch: {@code max_eval}.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public Options withMaxEvaluations(int value) {
      return new Options(
          learningRate,
          maxIterations,
          value,
          toleranceGradient,
          toleranceChange,
          historySize,
          strongWolfe);
    }

    /**
     * These options with other {@code toleranceGradient} and {@code toleranceChange}. PyTorch:
     * {@code tolerance_grad} and {@code tolerance_change}.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public Options withTolerances(double gradient, double change) {
      return new Options(
          learningRate, maxIterations, maxEvaluations, gradient, change, historySize, strongWolfe);
    }

    /**
     * These options with another {@code historySize}. PyTorch: {@code history_size}.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public Options withHistorySize(int value) {
      return new Options(
          learningRate,
          maxIterations,
          maxEvaluations,
          toleranceGradient,
          toleranceChange,
          value,
          strongWolfe);
    }

    /** These options with or without {@code strongWolfe}. PyTorch: {@code line_search_fn}. */
    public Options withStrongWolfe(boolean value) {
      return new Options(
          learningRate,
          maxIterations,
          maxEvaluations,
          toleranceGradient,
          toleranceChange,
          historySize,
          value);
    }
  }

  private final FlatParameters parameters;
  private final Options initial;
  private Options options;
  private long iterations;
  private long evaluations;
  private @Nullable LbfgsMemory memory;

  /** With PyTorch's defaults. */
  public LBFGS(Collection<Parameter> parameters) {
    this(parameters, Options.DEFAULT);
  }

  /**
   * An optimizer that has made no step yet.
   *
   * @throws IllegalArgumentException if there is no parameter, one is given twice, or their dtypes
   *     differ
   */
  public LBFGS(Collection<Parameter> parameters, Options options) {
    this.parameters = new FlatParameters("LBFGS", parameters);
    this.initial = Objects.requireNonNull(options, "LBFGS: options is null");
    this.options = options;
  }

  /** What it was made with, and {@code set} since. */
  public Options options() {
    return options;
  }

  /** How many iterations all steps made. */
  public long iterations() {
    return iterations;
  }

  /** How often all steps computed the loss. */
  public long evaluations() {
    return evaluations;
  }

  /**
   * Iterations on one batch, until a limit or a tolerance is reached.
   *
   * @throws dev.lanegrad.autodiff.GradientException if the loss depends on none of the parameters
   */
  @Override
  public double step(Supplier<Tensor> loss) {
    Objects.requireNonNull(loss, "LBFGS: loss is null");
    parameters.requireChangeable();
    Evaluation first = parameters.evaluate(loss);
    evaluations++;
    if (first.isFinite() && largest(first.gradient()) > options.toleranceGradient) {
      iterate(loss, first);
    }
    return first.loss();
  }

  private void iterate(Supplier<Tensor> loss, Evaluation first) {
    Evaluation now = first;
    int used = 1;
    for (int n = 1; n <= options.maxIterations; n++) {
      iterations++;
      LbfgsMemory next = turn(now);
      memory = next;
      double slope = FlatParameters.dot(now.gradient(), next.direction());
      if (slope > -options.toleranceChange) {
        return;
      }
      Tensor x = parameters.values();
      double t = next.t();
      int usedNow = 0;
      if (options.strongWolfe) {
        LineSearch.Result found = search(loss, x, next, now, slope, used);
        t = found.point().t();
        now = new Evaluation(found.point().loss(), found.point().gradient());
        usedNow = found.evaluations();
        memory = next.moved(t);
        parameters.moveTo(x, next.direction(), t);
      } else {
        parameters.moveTo(x, next.direction(), t);
        if (n != options.maxIterations) {
          now = parameters.evaluate(loss);
          usedNow = 1;
        }
      }
      used += usedNow;
      evaluations += usedNow;
      if (n == options.maxIterations
          || used >= options.maxEvaluations
          || largest(now.gradient()) <= options.toleranceGradient
          || largest(next.direction()) * Math.abs(t) <= options.toleranceChange
          || Math.abs(now.loss() - next.loss()) < options.toleranceChange) {
        return;
      }
    }
  }

  private LbfgsMemory turn(Evaluation now) {
    LbfgsMemory last = memory;
    return last == null
        ? LbfgsMemory.first(now, options.learningRate)
        : last.next(now, options.learningRate, options.historySize);
  }

  private LineSearch.Result search(
      Supplier<Tensor> loss, Tensor x, LbfgsMemory next, Evaluation now, double slope, int used) {
    try {
      return LineSearch.search(
          t -> {
            parameters.moveTo(x, next.direction(), t);
            Evaluation at = parameters.evaluate(loss);
            double along = FlatParameters.dot(at.gradient(), next.direction());
            return new LineSearch.Point(t, at.loss(), at.gradient(), along);
          },
          new LineSearch.Point(0, now.loss(), now.gradient(), slope),
          next.t(),
          largest(next.direction()),
          options.toleranceChange,
          options.maxEvaluations - used);
    } finally {
      parameters.assign(x);
    }
  }

  private static double largest(Tensor vector) {
    return vector.abs().max().item();
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
    return Settings.of(List.of(Settings.RATE), options.learningRate);
  }

  @Override
  public void set(int group, String setting, double value) {
    double[] values = Settings.changed("LBFGS", settings(options), setting, value);
    options = options.withLearningRate(values[0]);
  }

  /**
   * The learning rate, how many iterations and evaluations there were, and after the first
   * iteration the last direction [n] and its length, the moves and changes of the gradient [k, n],
   * 1 / (s y) [k], the scale, and gradient [n] and loss before the last move; n numbers of all
   * parameters.
   */
  @Override
  public SequencedMap<String, Tensor> stateDict() {
    SequencedMap<String, Tensor> state = new LinkedHashMap<>();
    state.put("group.0.learningRate", StateDict.number(options.learningRate));
    state.put("iterations", StateDict.number(iterations));
    state.put("evaluations", StateDict.number(evaluations));
    if (memory != null) {
      memory.putInto(state);
    }
    return state;
  }

  @Override
  public void loadStateDict(Map<String, Tensor> state) {
    Objects.requireNonNull(state, "LBFGS: the state is null");
    Tensor moves = state.get("moves");
    boolean hasMemory = moves != null || state.containsKey("direction");
    int pairs = moves == null || moves.rank() == 0 ? 0 : moves.shape().dim(0);
    StateDict.Reader reader = StateDict.check("LBFGS", expected(hasMemory, pairs), state);
    long iterationsThen = reader.count("iterations");
    long evaluationsThen = reader.count("evaluations");
    Options then = options.withLearningRate(reader.number("group.0.learningRate"));
    memory = hasMemory ? LbfgsMemory.read(reader, pairs) : null;
    iterations = iterationsThen;
    evaluations = evaluationsThen;
    options = then;
  }

  private SequencedMap<String, Tensor> expected(boolean hasMemory, int pairs) {
    SequencedMap<String, Tensor> expected = new LinkedHashMap<>();
    Tensor number = StateDict.number(0);
    List.of("group.0.learningRate", "iterations", "evaluations")
        .forEach(name -> expected.put(name, number));
    if (hasMemory) {
      LbfgsMemory.putShapes(expected, parameters.dtype(), pairs, parameters.size());
    }
    return expected;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "LBFGS[%s, %d parameters, %d iterations]",
        options,
        parameters.list().size(),
        iterations);
  }
}
