package dev.lanegrad.benchmarks;

/** Times something in slots of a few milliseconds. */
final class Slot {
  private static final double NANOS = 3e6;
  private static final int MOST_CALLS = 1_000_000;

  private final Runnable action;
  private int calls = 1;

  Slot(Runnable action) {
    this.action = action;
  }

  /** Nanoseconds a call, over one slot. */
  double time() {
    repeat(calls / 8 + 1); // brings its data and code back into the caches
    long start = System.nanoTime();
    repeat(calls);
    double elapsed = Math.max(System.nanoTime() - start, 1);
    double result = elapsed / calls;
    calls = (int) Math.clamp(NANOS / result, 1, Math.min(MOST_CALLS, 16.0 * calls));
    return result;
  }

  private void repeat(int times) {
    for (int i = 0; i < times; i++) {
      action.run();
    }
  }
}
