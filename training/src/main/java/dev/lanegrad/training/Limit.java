package dev.lanegrad.training;

import java.time.Duration;
import java.util.Locale;

/**
 * When a training ends, counted from its very first step, before a resume too. The first limit that
 * is reached counts.
 *
 * @param epochs that are gone through
 * @param steps updates of the weights
 * @param time spent
 */
public record Limit(int epochs, long steps, Duration time) {
  private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE / 1_000_000_000);

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if one is negative
   */
  public Limit {
    if (epochs < 0 || steps < 0 || time.isNegative()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "limit: %d epochs, %d steps and %s are not all at least 0",
              epochs,
              steps,
              time));
    }
  }

  /** So many epochs. */
  public static Limit epochs(int epochs) {
    return new Limit(epochs, Long.MAX_VALUE, FOREVER);
  }

  /** So many updates. */
  public static Limit steps(long steps) {
    return new Limit(Integer.MAX_VALUE, steps, FOREVER);
  }

  /** So much time; the step that is under way is completed. */
  public static Limit time(Duration time) {
    return new Limit(Integer.MAX_VALUE, Long.MAX_VALUE, time);
  }

  /** Whichever of two limits is reached first. */
  public Limit or(Limit other) {
    return new Limit(
        Math.min(epochs, other.epochs),
        Math.min(steps, other.steps),
        time.compareTo(other.time) < 0 ? time : other.time);
  }

  /** How many updates it allows if an epoch has so many; Long.MAX_VALUE if only time ends it. */
  public long stepsAt(long perEpoch) {
    return epochs == Integer.MAX_VALUE ? steps : Math.min(steps, epochs * perEpoch);
  }
}
