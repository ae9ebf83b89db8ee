package dev.lanegrad.optim.schedule;

/**
 * The rate falls to 0 by a power: start (1 - min(step, totalSteps) / totalSteps)^power.
 *
 * @param totalSteps PyTorch's total_iters, at least 1
 * @param power finite
 */
public record PolynomialLR(long totalSteps, double power) implements RateSchedule {
  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public PolynomialLR {
    Checks.positive("PolynomialLR", "total steps", totalSteps);
    Checks.factor("PolynomialLR", "power", power);
  }

  /** Along a line in five steps. */
  public PolynomialLR() {
    this(5, 1);
  }

  @Override
  public double rate(long step, double start) {
    return start * StrictMath.pow(left(Math.min(step, totalSteps)), power);
  }

  @Override
  public double next(long step, double current, double start) {
    if (step == 0 || step > totalSteps) {
      return current;
    }
    return current * StrictMath.pow(left(step) / left(step - 1), power);
  }

  private double left(long step) {
    return 1 - (double) step / totalSteps;
  }
}
