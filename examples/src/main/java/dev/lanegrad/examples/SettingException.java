package dev.lanegrad.examples;

import java.util.Locale;

/** An option's value does not fit; the message names the option. */
final class SettingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  SettingException(String message) {
    super(message);
  }

  /** Throws one unless something holds. */
  static void unless(boolean holds, String message) {
    if (!holds) {
      throw new SettingException(message);
    }
  }

  /** Refuses a learning rate that is not above 0 and finite. */
  static void checkLearningRate(double learningRate) {
    unless(
        learningRate > 0 && learningRate < Double.POSITIVE_INFINITY,
        "--lr must be finite and above 0, not " + learningRate);
  }

  /** Refuses a number below 1. */
  static void checkAtLeastOne(String option, int number) {
    unless(
        number >= 1, String.format(Locale.ROOT, "%s must be at least 1, not %d", option, number));
  }
}
