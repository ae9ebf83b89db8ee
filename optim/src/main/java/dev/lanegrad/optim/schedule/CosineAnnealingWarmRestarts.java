package dev.lanegrad.optim.schedule;

/**
 * Half a cosine from the start to the least rate, again and again, each as long as the one before
 * times a factor: least + (start - least) (1 + cos(pi t / T)) / 2, t steps after the last restart,
 * T steps before the next one.
 *
 * <p>Source: Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts", 2016,
 * <a href="https://arxiv.org/abs/1608.03983">arXiv:1608.03983</a>.
 *
 * @param period the steps up to the first restart (PyTorch's T_0), at least 1
 * @param factor of one period to the next (PyTorch's T_mult), at least 1
 * @param least PyTorch's eta_min, at least 0
 */
public record CosineAnnealingWarmRestarts(long period, long factor, double least)
    implements RateSchedule {
  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public CosineAnnealingWarmRestarts {
    Checks.positive("CosineAnnealingWarmRestarts", "period", period);
    Checks.positive("CosineAnnealingWarmRestarts", "factor", factor);
    Checks.rate("CosineAnnealingWarmRestarts", "least rate", least);
  }

  /** Down to 0, in equal periods. */
  public CosineAnnealingWarmRestarts(long period) {
    this(period, 1, 0);
  }

  @Override
  public double rate(long step, double start) {
    long since = factor == 1 ? step % period : step;
    long length = period;
    while (since >= length) {
      since -= length;
      length *= factor;
    }
    double cosine = StrictMath.cos(Math.PI * since / length);
    return least + (start - least) * (1 + cosine) / 2;
  }

  @Override
  public double next(long step, double current, double start) {
    return rate(step, start);
  }
}
