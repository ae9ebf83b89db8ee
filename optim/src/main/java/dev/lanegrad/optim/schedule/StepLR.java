package dev.lanegrad.optim.schedule;

/**
 * The rate falls by a factor at equal distances: start gamma^floor(step / stepSize).
 *
 * @param stepSize at least 1
 * @param gamma finite
 */
public record StepLR(long stepSize, double gamma) implements RateSchedule {
  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public StepLR {
    Checks.positive("StepLR", "step size", stepSize);
    Checks.factor("StepLR", "gamma", gamma);
  }

  /** A tenth each time. */
  public StepLR(long stepSize) {
    this(stepSize, 0.1);
  }

  @Override
  public double rate(long step, double start) {
    long falls = step / stepSize;
    return start * StrictMath.pow(gamma, (double) falls);
  }

  @Override
  public double next(long step, double current, double start) {
    return step == 0 || step % stepSize != 0 ? current : current * gamma;
  }
}
