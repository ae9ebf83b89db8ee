package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.Autodiff;
import java.util.function.DoubleSupplier;

/**
 * A task with its data, ready to run.
 *
 * @param run does it some times over
 * @param calls how many times over
 * @param check runs it and gives a number that tells whether others do the same; NaN for none
 */
record Work(Runnable run, int calls, DoubleSupplier check) {
  private static final int CALLS_IN_A_SCOPE = 20;

  /** Something that a step would do in its scope, which costs as much as a small call. */
  static Work inScope(Runnable call, DoubleSupplier check) {
    Runnable calls =
        () -> {
          for (int i = 0; i < CALLS_IN_A_SCOPE; i++) {
            call.run();
          }
        };
    return new Work(() -> Autodiff.tidy(calls), CALLS_IN_A_SCOPE, check);
  }

  /** One call at a time, with nothing to compare. */
  static Work of(Runnable run) {
    return new Work(run, 1, () -> Double.NaN);
  }
}
