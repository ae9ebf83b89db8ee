package dev.lanegrad.optim.schedule;

/**
 * The rate falls by a factor in every step: start gamma^step.
 *
 * @param gamma finite
 */
public record ExponentialLR(double gamma) implements RateSchedule {
  /**
   * Checks the option.
   *
   * @throws IllegalArgumentException if gamma is not finite
   */
  public ExponentialLR {
    Checks.factor("ExponentialLR", "gamma", gamma);
  }

  @Override
  public double rate(long step, double start) {
    return start * StrictMath.pow(gamma, (double) step);
  }

  @Override
  public double next(long step, double current, double start) {
    return step == 0 ? current : current * gamma;
  }
}
