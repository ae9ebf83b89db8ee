package dev.lanegrad.optim.schedule;

/**
 * The rate falls to the least one along half a cosine, and rises again: least + (start - least) (1
 * + cos(pi step / period)) / 2.
 *
 * <p>Source: Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts", 2016,
 * <a href="https://arxiv.org/abs/1608.03983">arXiv:1608.03983</a>, equation 5.
 *
 * @param period the steps from the largest rate to the least one (PyTorch's T_max), at least 1
 * @param least PyTorch's eta_min, at least 0
 */
public record CosineAnnealingLR(long period, double least) implements RateSchedule {
  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public CosineAnnealingLR {
    Checks.positive("CosineAnnealingLR", "period", period);
    Checks.rate("CosineAnnealingLR", "least rate", least);
  }

  /** Down to 0. */
  public CosineAnnealingLR(long period) {
    this(period, 0);
  }

  @Override
  public double rate(long step, double start) {
    return least + (start - least) * (1 + cosine(step)) / 2;
  }

  @Override
  public double next(long step, double current, double start) {
    if (step == 0) {
      return current;
    }
    if (Math.floorMod(step - 1 - period, 2 * period) == 0) {
      return current + (start - least) * (1 - cosine(1)) / 2;
    }
    return (1 + cosine(step)) / (1 + cosine(step - 1)) * (current - least) + least;
  }

  private double cosine(long step) {
    return StrictMath.cos(Math.PI * step / period);
  }
}
