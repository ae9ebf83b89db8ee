package dev.lanegrad.examples;

import java.util.Locale;

/**
 * A word between two reports, for those who wait.
 *
 * @param position how far the training is
 * @param loss of the last batch, before its update
 * @param seconds since the first step began
 */
record Progress(String position, double loss, double seconds) {
  /** A row of a table: how wide its first column is, and those between loss and seconds. */
  String row(int first, int between) {
    return " ".repeat(Math.max(0, first - position.length()))
        + position
        + String.format(Locale.ROOT, "   %6.4f", loss)
        + " ".repeat(between)
        + String.format(Locale.ROOT, "%6.2f", seconds);
  }
}
