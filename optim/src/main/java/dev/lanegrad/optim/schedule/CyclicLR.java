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
 * @param mode how the height changes from cycle to cycle
 * @param gamma of {@link Mode#EXP_RANGE}
 * @param scale in the place of the mode, or null
 * @param scalesByStep whether {@code scale} is given the step, or the number of the cycle
 * @param cycleMomentum whether the momentum moves, too
 * @param baseMomentum from 0 to less than 1
 * @param maxMomentum from 0 to less than 1
 */
public record CyclicLR(
    double baseRate,
    double maxRate,
    long stepsUp,
    long stepsDown,
    Mode mode,
    double gamma,
    @Nullable DoubleUnaryOperator scale,
    boolean scalesByStep,
    boolean cycleMomentum,
    double baseMomentum,
    double maxMomentum)
    implements Schedule {
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
   * Checks the options.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public CyclicLR {
    Checks.rate("CyclicLR", "base rate", baseRate);
    Checks.rate("CyclicLR", "max rate", maxRate);
    Checks.positive("CyclicLR", "steps up", stepsUp);
    Checks.positive("CyclicLR", "steps down", stepsDown);
    Objects.requireNonNull(mode, "CyclicLR: mode is null");
    Checks.factor("CyclicLR", "gamma", gamma);
    Checks.fraction("CyclicLR", "base momentum", baseMomentum);
    Checks.fraction("CyclicLR", "max momentum", maxMomentum);
  }

  /** Triangles of 2,000 steps up and down; momentum from 0.9 to 0.8 and back. */
  public CyclicLR(double baseRate, double maxRate) {
    this(baseRate, maxRate, 2000);
  }

  /** Triangles of so many steps up, and as many down. */
  public CyclicLR(double baseRate, double maxRate, long stepsUp) {
    this(baseRate, maxRate, stepsUp, stepsUp, Mode.TRIANGULAR, 1, null, false, true, 0.8, 0.9);
  }

  public CyclicLR withStepsDown(long value) {
    return new CyclicLR(
        baseRate,
        maxRate,
        stepsUp,
        value,
        mode,
        gamma,
        scale,
        scalesByStep,
        cycleMomentum,
        baseMomentum,
        maxMomentum);
  }

  /** With another mode; gamma is 1 where it is not used. */
  public CyclicLR withMode(Mode mode, double gamma) {
    return new CyclicLR(
        baseRate,
        maxRate,
        stepsUp,
        stepsDown,
        mode,
        gamma,
        scale,
        scalesByStep,
        cycleMomentum,
        baseMomentum,
        maxMomentum);
  }

  public CyclicLR withMode(Mode mode) {
    return withMode(mode, gamma);
  }

  /** Scales heights by a function of the number of the cycle, which counts from 1. */
  public CyclicLR withScaleOfCycle(DoubleUnaryOperator value) {
    return new CyclicLR(
        baseRate,
        maxRate,
        stepsUp,
        stepsDown,
        mode,
        gamma,
        Objects.requireNonNull(value, "CyclicLR: value is null"),
        false,
        cycleMomentum,
        baseMomentum,
        maxMomentum);
  }

  /** Scales heights by a function of the step. */
  public CyclicLR withScaleOfStep(DoubleUnaryOperator value) {
    return new CyclicLR(
        baseRate,
        maxRate,
        stepsUp,
        stepsDown,
        mode,
        gamma,
        Objects.requireNonNull(value, "CyclicLR: value is null"),
        true,
        cycleMomentum,
        baseMomentum,
        maxMomentum);
  }

  public CyclicLR withCycleMomentum(boolean value) {
    return new CyclicLR(
        baseRate,
        maxRate,
        stepsUp,
        stepsDown,
        mode,
        gamma,
        scale,
        scalesByStep,
        value,
        baseMomentum,
        maxMomentum);
  }

  public CyclicLR withMomentum(double base, double max) {
    return new CyclicLR(
        baseRate, maxRate, stepsUp, stepsDown, mode, gamma, scale, scalesByStep, true, base, max);
  }

  @Override
  public SequencedMap<String, Double> at(long step, SequencedMap<String, Double> start) {
    Checks.start("CyclicLR", start);
    double total = (double) stepsUp + stepsDown;
    double ratio = stepsUp / total;
    double cycle = Math.floor(1 + Checks.step(step) / total);
    double x = 1 + step / total - cycle;
    double height = x <= ratio ? x / ratio : (x - 1) / (ratio - 1);
    double scaled = height * scale(step, cycle);
    SequencedMap<String, Double> settings = new LinkedHashMap<>();
    settings.put("learningRate", baseRate + (maxRate - baseRate) * scaled);
    if (cycleMomentum) {
      double momentum = maxMomentum - (maxMomentum - baseMomentum) * scaled;
      settings.put(Momentum.name("CyclicLR", start), momentum);
    }
    return settings;
  }

  private double scale(long step, double cycle) {
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
