package dev.lanegrad.autodiff.internal.kernel.compilation;

/**
 * How fast this machine is at the moment: kernels are fast or slow compared with a plain loop that
 * the JIT has compiled, not with the clock.
 */
public final class Pace {
  private static final int STEPS = 200;
  private static final int RUNS_TO_COMPILE = 20_000;
  private static final int RUNS = 20;

  private static double sink;

  private Pace() {}

  static {
    for (int run = 0; run < RUNS_TO_COMPILE; run++) {
      chain();
    }
  }

  /** What one step of a chain of multiplications and additions takes, at best. */
  public static double nanos() {
    long best = Long.MAX_VALUE;
    for (int run = 0; run < RUNS; run++) {
      long start = System.nanoTime();
      chain();
      best = Math.min(best, System.nanoTime() - start);
    }
    return best / (double) STEPS;
  }

  private static void chain() {
    double x = sink;
    for (int step = 0; step < STEPS; step++) {
      x = x * 0.5 + 1;
    }
    sink = x;
  }
}
