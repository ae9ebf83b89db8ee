package dev.lanegrad.optim.schedule;

/**
 * A part of the rate for some steps, then all of it: start factor before step totalSteps.
 *
 * @param factor from 0 to 1
 * @param totalSteps PyTorch's total_iters, at least 0
 */
public record ConstantLR(double factor, long totalSteps) implements RateSchedule {
  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public ConstantLR {
    Checks.fraction("ConstantLR", "factor", factor);
    Checks.require(totalSteps >= 0, "ConstantLR", "total steps", "at least 0", totalSteps);
  }

  /** A third for five steps. */
  public ConstantLR() {
    this(1.0 / 3, 5);
  }

  @Override
  public double rate(long step, double start) {
    return step < totalSteps ? start * factor : start;
  }

  @Override
  public double next(long step, double current, double start) {
    if (step == 0) {
      return current * factor;
    }
    return step == totalSteps ? current * (1 / factor) : current;
  }
}
