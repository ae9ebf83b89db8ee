package dev.lanegrad.examples.lectures;

import java.util.Locale;

/** Numbers as notebooks show them. */
final class Numbers {
  private static final double LARGEST_WHOLE = 1e15;

  private Numbers() {}

  /** With nine digits at most; whole numbers with all of theirs, in groups. */
  static String text(double value) {
    if (value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE) {
      return String.format(Locale.ROOT, "%,d", (long) value);
    }
    String text = String.format(Locale.ROOT, "%.9g", value);
    return text.contains("e") || !text.contains(".") ? text : text.replaceAll("\\.?0+$", "");
  }
}
