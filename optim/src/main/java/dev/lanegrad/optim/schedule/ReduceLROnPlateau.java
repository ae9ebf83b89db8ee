package dev.lanegrad.optim.schedule;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.optim.Adjustable;
import dev.lanegrad.optim.StateDict;
import dev.lanegrad.optim.Stateful;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * Lowers the learning rate where a measured number has stopped getting better. Unlike a {@link
 * Schedule} it remembers something from step to step: {@link #stateDict}.
 *
 * <pre>{@code
 * ReduceLROnPlateau plateau = new ReduceLROnPlateau();
 * for (double loss : validationLosses) {
 *   plateau.step(optimizer, loss);
 * }
 * }</pre>
 */
public final class ReduceLROnPlateau implements Stateful {
  /** Which numbers are better. */
  public enum Mode {
    /** Smaller ones, as of a loss. */
    MIN,
    /** Larger ones, as of an accuracy. */
    MAX
  }

  /** What a threshold is. */
  public enum ThresholdMode {
    /** A part of the best number. */
    REL,
    /** A distance from the best number. */
    ABS
  }

  /**
   * What makes a plateau and what is done about it.
   *
   * @param mode whether less is better, or more
   * @param factor of the rates, from 0 to less than 1
   * @param patience how many steps without a better number are borne, at least 0
   * @param threshold by how much better counts, at least 0
   * @param thresholdMode what the threshold is
   * @param cooldown how many steps after a reduction do not count, at least 0
   * @param leastRate rates do not fall below it, at least 0
   * @param epsilon changes of the rate that are no larger are not made, at least 0
   */
  public record Options(
      Mode mode,
      double factor,
      long patience,
      double threshold,
      ThresholdMode thresholdMode,
      long cooldown,
      double leastRate,
      double epsilon) {
    /** PyTorch's defaults. */
    public static final Options DEFAULT =
        new Options(Mode.MIN, 0.1, 10, 1e-4, ThresholdMode.REL, 0, 0, 1e-8);

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public Options {
      Objects.requireNonNull(mode, "ReduceLROnPlateau: mode is null");
      Objects.requireNonNull(thresholdMode, "ReduceLROnPlateau: thresholdMode is null");
      boolean reduces = factor >= 0 && factor < 1;
      require(reduces, "factor", "from 0 to less than 1", factor);
      require(patience >= 0, "patience", "at least 0", patience);
      Checks.rate("ReduceLROnPlateau", "threshold", threshold);
      require(cooldown >= 0, "cooldown", "at least 0", cooldown);
      Checks.rate("ReduceLROnPlateau", "least rate", leastRate);
      Checks.rate("ReduceLROnPlateau", "epsilon", epsilon);
    }

    private static void require(boolean holds, String name, String range, Object value) {
      Checks.require(holds, "ReduceLROnPlateau", name, range, value);
    }

    /** These options with another {@code mode}. */
    public Options withMode(Mode mode) {
      return new Options(
          mode, factor, patience, threshold, thresholdMode, cooldown, leastRate, epsilon);
    }

    /**
     * These options with another {@code factor}.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public Options withFactor(double value) {
      return new Options(
          mode, value, patience, threshold, thresholdMode, cooldown, leastRate, epsilon);
    }

    /**
     * These options with another {@code patience}.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public Options withPatience(long value) {
      return new Options(
          mode, factor, value, threshold, thresholdMode, cooldown, leastRate, epsilon);
    }

    /**
     * These options with another {@code threshold} and {@code thresholdMode}. PyTorch: {@code
     * threshold} and {@code threshold_mode}.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public Options withThreshold(double value, ThresholdMode thresholdMode) {
      return new Options(
          mode, factor, patience, value, thresholdMode, cooldown, leastRate, epsilon);
    }

    /**
     * These options with another {@code cooldown}.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public Options withCooldown(long value) {
      return new Options(
          mode, factor, patience, threshold, thresholdMode, value, leastRate, epsilon);
    }

    /**
     * These options with another {@code leastRate}. PyTorch: {@code min_lr}.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public Options withLeastRate(double value) {
      return new Options(
          mode, factor, patience, threshold, thresholdMode, cooldown, value, epsilon);
    }

    /**
     * These options with another {@code epsilon}. PyTorch: {@code eps}.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public Options withEpsilon(double value) {
      return new Options(
          mode, factor, patience, threshold, thresholdMode, cooldown, leastRate, value);
    }
  }

  private final Options options;
  private double best;
  private long badSteps;
  private long cooldownLeft;

  /** A tenth of the rate after more than ten steps in which a loss fell by less than 0.01 %. */
  public ReduceLROnPlateau() {
    this(Options.DEFAULT);
  }

  /** With other options. */
  public ReduceLROnPlateau(Options options) {
    this.options = Objects.requireNonNull(options, "ReduceLROnPlateau: options is null");
    this.best = worst();
  }

  private double worst() {
    return options.mode == Mode.MIN ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
  }

  /** What it was made with. */
  public Options options() {
    return options;
  }

  /** The best number so far; infinite before the first. */
  public double best() {
    return best;
  }

  /**
   * Looks at a measured number, and lowers the rates of an optimizer if it is time. NaN is no
   * better than anything.
   */
  public void step(Adjustable optimizer, double measured) {
    Objects.requireNonNull(optimizer, "ReduceLROnPlateau: optimizer is null");
    if (isBetter(measured)) {
      best = measured;
      badSteps = 0;
    } else {
      badSteps++;
    }
    if (cooldownLeft > 0) {
      cooldownLeft--;
      badSteps = 0;
    }
    if (badSteps > options.patience) {
      reduce(optimizer);
      cooldownLeft = options.cooldown;
      badSteps = 0;
    }
  }

  private boolean isBetter(double measured) {
    boolean isRelative = options.thresholdMode == ThresholdMode.REL;
    if (options.mode == Mode.MIN) {
      return measured < (isRelative ? best * (1 - options.threshold) : best - options.threshold);
    }
    return measured > (isRelative ? best * (1 + options.threshold) : best + options.threshold);
  }

  private void reduce(Adjustable optimizer) {
    for (int group = 0; group < optimizer.groups(); group++) {
      double before = optimizer.learningRate(group);
      double after = Math.max(before * options.factor, options.leastRate);
      if (before - after > options.epsilon) {
        optimizer.set(group, "learningRate", after);
      }
    }
  }

  @Override
  public SequencedMap<String, Tensor> stateDict() {
    SequencedMap<String, Tensor> state = new LinkedHashMap<>();
    state.put("best", StateDict.number(best));
    state.put("badSteps", StateDict.number(badSteps));
    state.put("cooldownLeft", StateDict.number(cooldownLeft));
    return state;
  }

  @Override
  public void loadStateDict(Map<String, Tensor> state) {
    StateDict.Reader reader = StateDict.check("ReduceLROnPlateau", stateDict(), state);
    long bad = reader.count("badSteps");
    long left = reader.count("cooldownLeft");
    best = reader.number("best");
    badSteps = bad;
    cooldownLeft = left;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "ReduceLROnPlateau[%s, best=%s, badSteps=%d, cooldownLeft=%d]",
        options,
        best,
        badSteps,
        cooldownLeft);
  }
}
