package dev.lanegrad.optim.schedule;

import java.util.Objects;

/**
 * From the start to a constant rate, at which weights are averaged: start (1 - a) + rate a, a from
 * 0 to 1 in some steps. PyTorch: {@code torch.optim.swa_utils.SWALR}.
 *
 * <p>Source: Izmailov et al., "Averaging weights leads to wider optima and better generalization",
 * 2018, <a href="https://arxiv.org/abs/1803.05407">arXiv:1803.05407</a>.
 *
 * @param rate at least 0
 * @param steps PyTorch's anneal_epochs, at least 0
 * @param anneal how the rate changes
 */
public record SWALR(double rate, long steps, Anneal anneal) implements RateSchedule {
  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public SWALR {
    Checks.rate("SWALR", "rate", rate);
    Checks.require(steps >= 0, "SWALR", "steps", "at least 0", steps);
    Objects.requireNonNull(anneal, "SWALR: anneal is null");
  }

  /** Along half a cosine in ten steps. */
  public SWALR(double rate) {
    this(rate, 10, Anneal.COS);
  }

  @Override
  public double rate(long step, double start) {
    double part = part(step);
    return rate * part + start * (1 - part);
  }

  @Override
  public double next(long step, double current, double start) {
    double before = step == 0 ? 0 : part(step - 1);
    double origin = before == 1 ? rate : (current - before * rate) / (1 - before);
    return rate(step, origin);
  }

  private double part(long step) {
    return steps == 0 ? 1 : anneal.between(0, 1, (double) Math.min(step, steps) / steps);
  }
}
