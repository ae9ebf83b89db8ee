package dev.lanegrad.optim.schedule;

import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The rate goes up and down between two bounds, and the momentum, or beta1, down and up: with c =
 * floor(1 + step / (stepsUp + stepsDown)) the number of the cycle and h from 0 to 1 and back to 0
 * in it, rate = base + (max - base) h s and momentum = maxMomentum - (maxMomentum - baseMomentum) h
 * s, s by the mode. The optimizer's own learning rate does not count.
 *
 * <p>Source: Smith, "Cyclical learning rates for training neural networks", 2015, <a
 * href="https://arxiv.org/abs/1506.01186">arXiv:1506.01186</a>.
 *
 * @param baseRate at least 0
 * @param maxRate at least 0
 * @param stepsUp at least 1
 * @param stepsDown at least 1
 * @param height how the height changes from cycle to cycle
 * @param momentum between what the momentum moves; null if it does not
 */
public record CyclicLR(
    double baseRate,
    double maxRate,
    long stepsUp,
    long stepsDown,
    Height height,
    @Nullable MomentumRange momentum)
    implements Schedule {
  private static final MomentumRange USUAL = new MomentumRange(0.8, 0.9);

  /** How the height of a cycle changes. */
  public enum Mode {
    /** s = 1. */
    TRIANGULAR,
    /** s = 1 / 2^(c - 1). */
    TRIANGULAR2,
    /** s = gamma^step. */
    EXP_RANGE
  }

  /**
   * The factor s of the height.
   *
   * @param gamma of {@link Mode#EXP_RANGE}, at least 0
   * @param scale in the place of the mode, or null
   * @param scalesByStep whether {@code scale} is given the step, or the number of the cycle
   */
  public record Height(
      Mode mode, double gamma, @Nullable DoubleUnaryOperator scale, boolean scalesByStep) {
    /**
     * Checks mode and gamma.
     *
     * @throws IllegalArgumentException if gamma is out of range
     */
    public Height {
      Objects.requireNonNull(mode, "CyclicLR: mode is null");
      Checks.factor("CyclicLR", "gamma", gamma);
    }

    double factor(long step, double cycle) {
      if (scale != null) {
        return scale.applyAsDouble(scalesByStep ? (double) step : cycle);
      }
      return switch (mode) {
        case TRIANGULAR -> 1;
        case TRIANGULAR2 -> 1 / StrictMath.pow(2, cycle - 1);
        case EXP_RANGE -> StrictMath.pow(gamma, (double) step);
      };
    }
  }

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public CyclicLR {
    Checks.rate("CyclicLR", "base rate", baseRate);
    Checks.rate("CyclicLR", "max rate", maxRate);
    Checks.positive("CyclicLR", "steps up", stepsUp);
    Checks.positive("CyclicLR", "steps down", stepsDown);
    Objects.requireNonNull(height, "CyclicLR: height is null");
  }

  /** Triangles of 2,000 steps up and down; momentum from 0.9 to 0.8 and back. */
  public CyclicLR(double baseRate, double maxRate) {
    this(baseRate, maxRate, 2000);
  }

  /** Triangles of so many steps up, and as many down. */
  public CyclicLR(double baseRate, double maxRate, long stepsUp) {
    this(baseRate, maxRate, stepsUp, stepsUp, new Height(Mode.TRIANGULAR, 1, null, false), USUAL);
  }

  /**
   * This schedule with another number of {@code stepsDown}. PyTorch: {@code step_size_down}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public CyclicLR withStepsDown(long value) {
    return new CyclicLR(baseRate, maxRate, stepsUp, value, height, momentum);
  }

  /** With another mode; gamma is 1 where it is not used. */
  public CyclicLR withMode(Mode mode, double gamma) {
    return withHeight(new Height(mode, gamma, null, false));
  }

  /** This schedule with another mode, and the gamma that it has. PyTorch: {@code mode}. */
  public CyclicLR withMode(Mode mode) {
    return withMode(mode, height.gamma);
  }

  /** Scales heights by a function of the number of the cycle, which counts from 1. */
  public CyclicLR withScaleOfCycle(DoubleUnaryOperator value) {
    return withScale(value, false);
  }

  /** Scales heights by a function of the step. */
  public CyclicLR withScaleOfStep(DoubleUnaryOperator value) {
    return withScale(value, true);
  }

  private CyclicLR withScale(DoubleUnaryOperator scale, boolean isByStep) {
    Objects.requireNonNull(scale, "CyclicLR: value is null");
    return withHeight(new Height(height.mode, height.gamma, scale, isByStep));
  }

  private CyclicLR withHeight(Height other) {
    return new CyclicLR(baseRate, maxRate, stepsUp, stepsDown, other, momentum);
  }

  /** Whether the momentum moves too, from 0.9 to 0.8 and back. */
  public CyclicLR withCycleMomentum(boolean value) {
    return new CyclicLR(baseRate, maxRate, stepsUp, stepsDown, height, value ? USUAL : null);
  }

  /**
   * This schedule with another range of the {@code momentum}. PyTorch: {@code base_momentum} and
   * {@code max_momentum}.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public CyclicLR withMomentum(double base, double max) {
    MomentumRange range = new MomentumRange(base, max);
    return new CyclicLR(baseRate, maxRate, stepsUp, stepsDown, height, range);
  }

  @Override
  public SequencedMap<String, Double> at(long step, SequencedMap<String, Double> start) {
    Checks.start("CyclicLR", start);
    double total = (double) stepsUp + stepsDown;
    double ratio = stepsUp / total;
    double cycle = Math.floor(1 + Checks.step(step) / total);
    double x = 1 + step / total - cycle;
    double part = x <= ratio ? x / ratio : (x - 1) / (ratio - 1);
    double scaled = part * height.factor(step, cycle);
    SequencedMap<String, Double> settings = new LinkedHashMap<>();
    settings.put("learningRate", baseRate + (maxRate - baseRate) * scaled);
    if (momentum != null) {
      double moved = momentum.max() - (momentum.max() - momentum.base()) * scaled;
      settings.put(MomentumRange.name("CyclicLR", start), moved);
    }
    return settings;
  }
}
