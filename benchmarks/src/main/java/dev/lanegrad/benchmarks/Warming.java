package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Brings a JVM into the state of a long-running program: every operation has been used in both
 * dtypes, so no loop is compiled for one use only, and the vector kernels have taken over from the
 * scalar loops.
 */
final class Warming {
  private static final int SIZE = 256;

  /** A pass that improves on the best time of a slot by less than this is quiet. */
  private static final double IMPROVEMENT = 0.9;

  private static final int QUIET_PASSES = 12;
  private static final long LEAST_NANOS = 8_000_000_000L;
  private static final long MOST_NANOS = 40_000_000_000L;

  private Warming() {}

  /** Uses every operation on small data. */
  static void pollute() {
    List<Runnable> actions = new ArrayList<>();
    for (Operation operation : Operation.values()) {
      for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
        if (isCheapInBothDtypes(operation)) {
          int size = operation == Operation.MATMUL ? 32 : SIZE;
          actions.add(operation.prepare(dtype, size));
        }
      }
    }
    for (int i = 0; i < 2_000; i++) {
      actions.forEach(Runnable::run);
    }
  }

  private static boolean isCheapInBothDtypes(Operation operation) {
    return switch (operation) {
      case MLP_GRADIENT, MLP_STEP, FMA_PEAK -> false;
      default -> true;
    };
  }

  /** Times all slots in turn until none gets faster any more. */
  static void settle(Collection<Slot> slots) {
    Slot[] all = slots.toArray(Slot[]::new);
    double[] best = new double[all.length];
    Arrays.fill(best, Double.MAX_VALUE);
    long start = System.nanoTime();
    int quiet = 0;
    long elapsed;
    do {
      boolean improved = false;
      for (int i = 0; i < all.length; i++) {
        double nanos = all[i].time();
        improved |= nanos < IMPROVEMENT * best[i];
        best[i] = Math.min(best[i], nanos);
      }
      quiet = improved ? 0 : quiet + 1;
      elapsed = System.nanoTime() - start;
    } while ((quiet < QUIET_PASSES || elapsed < LEAST_NANOS) && elapsed < MOST_NANOS);
  }
}
