package dev.lanegrad.benchmarks;

import java.util.function.DoubleSupplier;

/**
 * A task with its data, ready to run.
 *
 * @param run does it some times over
 * @param calls how many times over
 * @param check runs it and gives a number that tells whether others do the same; NaN for none
 */
record Work(Runnable run, int calls, DoubleSupplier check) {
  /** One call at a time, with nothing to compare. */
  static Work of(Runnable run) {
    return new Work(run, 1, () -> Double.NaN);
  }
}
