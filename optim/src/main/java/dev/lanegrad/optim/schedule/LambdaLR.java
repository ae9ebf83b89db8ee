package dev.lanegrad.optim.schedule;

import java.util.Objects;
import java.util.function.LongToDoubleFunction;

/**
 * The rate times a function of the step: start factor(step).
 *
 * @param factor a pure function
 */
public record LambdaLR(LongToDoubleFunction factor) implements RateSchedule {
  /**
   * Checks the function.
   *
   * @throws NullPointerException if it is null
   */
  public LambdaLR {
    Objects.requireNonNull(factor, "LambdaLR: factor is null");
  }

  @Override
  public double rate(long step, double start) {
    return start * factor.applyAsDouble(step);
  }

  @Override
  public double next(long step, double current, double start) {
    return rate(step, start);
  }
}
