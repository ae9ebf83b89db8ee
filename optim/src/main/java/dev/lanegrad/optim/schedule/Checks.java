package dev.lanegrad.optim.schedule;

/** Checks of what schedules are made with and asked for; NaN is in no range. */
final class Checks {
  private Checks() {}

  static long step(long step) {
    if (step < 0) {
      throw new IllegalArgumentException("schedule: steps count from 0, not from " + step);
    }
    return step;
  }

  static void require(boolean holds, String schedule, String name, String range, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(
          "%s: %s must be %s, not %s".formatted(schedule, name, range, value));
    }
  }

  static void finite(String schedule, String name, double value) {
    require(Double.isFinite(value), schedule, name, "finite", value);
  }

  static void rate(String schedule, String name, double value) {
    boolean holds = value >= 0 && value < Double.POSITIVE_INFINITY;
    require(holds, schedule, name, "finite and at least 0", value);
  }

  static void fraction(String schedule, String name, double value) {
    require(value >= 0 && value <= 1, schedule, name, "from 0 to 1", value);
  }

  static void positive(String schedule, String name, long value) {
    require(value > 0, schedule, name, "at least 1", value);
  }
}
