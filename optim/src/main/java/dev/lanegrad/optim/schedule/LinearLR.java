package dev.lanegrad.optim.schedule;

/**
 * From one part of the rate to another along a line: start (startFactor + (endFactor - startFactor)
 * min(step, totalSteps) / totalSteps). A warm-up.
 *
 * @param startFactor above 0, at most 1
 * @param endFactor from 0 to 1
 * @param totalSteps PyTorch's total_iters, at least 1
 */
public record LinearLR(double startFactor, double endFactor, long totalSteps)
    implements RateSchedule {
  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public LinearLR {
    boolean inRange = startFactor > 0 && startFactor <= 1;
    Checks.require(inRange, "LinearLR", "start factor", "above 0 and at most 1", startFactor);
    Checks.fraction("LinearLR", "end factor", endFactor);
    Checks.positive("LinearLR", "total steps", totalSteps);
  }

  /** From a third to all of it in five steps. */
  public LinearLR() {
    this(1.0 / 3, 1, 5);
  }

  @Override
  public double rate(long step, double start) {
    double part = (double) Math.min(step, totalSteps) / totalSteps;
    return start * (startFactor + (endFactor - startFactor) * part);
  }

  @Override
  public double next(long step, double current, double start) {
    if (step == 0) {
      return current * startFactor;
    }
    if (step > totalSteps) {
      return current;
    }
    double rise = endFactor - startFactor;
    return current * (1 + rise / (totalSteps * startFactor + (step - 1) * rise));
  }
}
