package dev.lanegrad.optim;

/** Checks of hyper-parameters; NaN is in no range. */
final class Ranges {
  private Ranges() {}

  static void atLeastZero(String rule, String name, double value) {
    boolean holds = value >= 0 && value < Double.POSITIVE_INFINITY;
    check(holds, rule, name, "finite and at least 0", value);
  }

  static void aboveZero(String rule, String name, double value) {
    check(value > 0 && value < Double.POSITIVE_INFINITY, rule, name, "finite and above 0", value);
  }

  static void fraction(String rule, String name, double value) {
    check(value >= 0 && value < 1, rule, name, "at least 0 and less than 1", value);
  }

  static void atMostOne(String rule, String name, double value) {
    check(
        value > Double.NEGATIVE_INFINITY && value <= 1, rule, name, "finite and at most 1", value);
  }

  static void finite(String rule, String name, double value) {
    check(Double.isFinite(value), rule, name, "finite", value);
  }

  static void above(double bound, String rule, String name, double value) {
    boolean holds = value > bound && value < Double.POSITIVE_INFINITY;
    check(holds, rule, name, "finite and above " + bound, value);
  }

  static void atLeast(double bound, String rule, String name, double value) {
    boolean holds = value >= bound && value < Double.POSITIVE_INFINITY;
    check(holds, rule, name, "finite and at least " + bound, value);
  }

  static void check(boolean holds, String rule, String name, String range, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(
          "%s: %s must be %s, not %s".formatted(rule, name, range, value));
    }
  }
}
