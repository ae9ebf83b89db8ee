package dev.lanegrad.optim.schedule;

import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;

/**
 * The rate falls by a factor at given steps: start gamma^(number of milestones up to the step).
 *
 * @param milestones steps in any order; one that is given twice counts twice
 * @param gamma finite
 */
public record MultiStepLR(List<Long> milestones, double gamma) implements RateSchedule {
  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if gamma is not finite
   */
  public MultiStepLR {
    milestones =
        Checks.<Long>all("MultiStepLR", "milestones", milestones).stream().sorted().toList();
    Checks.factor("MultiStepLR", "gamma", gamma);
  }

  /** A tenth at each milestone. */
  public MultiStepLR(long... milestones) {
    this(
        LongStream.of(Objects.requireNonNull(milestones, "MultiStepLR: milestones is null"))
            .boxed()
            .toList(),
        0.1);
  }

  @Override
  public double rate(long step, double start) {
    return start * power(milestones.stream().filter(m -> m <= step).count());
  }

  @Override
  public double next(long step, double current, double start) {
    return current * power(milestones.stream().filter(m -> m == step).count());
  }

  private double power(long count) {
    return StrictMath.pow(gamma, (double) count);
  }
}
