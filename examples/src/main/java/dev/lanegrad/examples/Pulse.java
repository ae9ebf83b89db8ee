package dev.lanegrad.examples;

import java.util.function.LongSupplier;

/** Says when a program has been silent for a second: it shall be seen that it does something. */
final class Pulse {
  private static final long SILENCE = 1_000_000_000;

  private final LongSupplier nanoTime;
  private long last;

  Pulse(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    last = nanoTime.getAsLong();
  }

  /** Something has been printed. */
  void beat() {
    last = nanoTime.getAsLong();
  }

  /** Whether it is time for a word; it is said then. */
  boolean isDue() {
    boolean due = nanoTime.getAsLong() - last >= SILENCE;
    if (due) {
      beat();
    }
    return due;
  }
}
