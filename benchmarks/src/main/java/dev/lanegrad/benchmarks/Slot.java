package dev.lanegrad.benchmarks;

/** Times something in slots of a few milliseconds. */
final class Slot {
  private static final double NANOS = 3e6;
  private static final int MOST_RUNS = 1_000_000;

  /** From this time of a run on, it does not count what is in the caches before. */
  private static final double LONG_NANOS = 60e6;

  /** How much more is run than timed where it is run to be compiled. */
  private static final int MANY = 8;

  private final Work work;
  private int runs = 1;
  private double last;

  Slot(Work work) {
    this.work = work;
  }

  /** Nanoseconds a call, over one slot. */
  double time() {
    if (last < LONG_NANOS) {
      repeat(runs / 8 + 1); // brings its data and code back into the caches
    }
    long start = System.nanoTime();
    repeat(runs);
    double elapsed = Math.max(System.nanoTime() - start, 1);
    last = elapsed / runs;
    runs = (int) Math.clamp(NANOS / last, 1, Math.min(MOST_RUNS, 16.0 * runs));
    return last / work.calls();
  }

  /** The same after many more runs, if they are short. */
  double timeAfterMany() {
    if (!isLong()) {
      repeat(MANY * runs);
    }
    return time();
  }

  /** Whether one run takes longer than two slots. */
  boolean isLong() {
    return last > 2 * NANOS;
  }

  private void repeat(int times) {
    for (int i = 0; i < times; i++) {
      work.run().run();
    }
  }
}
