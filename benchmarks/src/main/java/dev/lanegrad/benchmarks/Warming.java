package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
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

  /** What is less than this of the best time of a slot is an improvement, and not noise. */
  private static final double IMPROVEMENT = 0.97;

  /** Seconds, and share of the whole, in which nothing has improved any more. */
  private static final double QUIET_SECONDS = 4;

  private static final double QUIET_SHARE = 0.4;

  /** Slots of long runs are timed in one pass of so many: shorter ones use the same kernels. */
  private static final int PASSES_OF_LONG_RUNS = 16;

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
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      for (String network : List.of("8x8x2-4c3p1", "8x8x2-m2")) {
        WindowTask.Pass pass = WindowTask.Pass.FORWARD_AND_GRADIENTS;
        actions.add(new WindowTask(pass, dtype, 2, new Network(network)).prepare().run());
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

  /**
   * Runs all slots in turn until none gets faster any more, for a number of seconds of this
   * thread's own time: on a busy machine the JIT is slower as well. A training of many small
   * operations gets its last third of speed after some ten seconds.
   */
  static void settle(Collection<Slot> slots, double atLeast, double atMost) {
    Slot[] all = slots.toArray(Slot[]::new);
    double[] best = new double[all.length];
    Arrays.fill(best, Double.MAX_VALUE);
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    long start = clock.getCurrentThreadCpuTime();
    double improved = 0;
    double elapsed = 0;
    int pass = 0;
    do {
      for (int i = 0; i < all.length; i++) {
        if (all[i].isLong() && pass % PASSES_OF_LONG_RUNS != 1) {
          continue;
        }
        double nanos = all[i].timeAfterMany();
        if (nanos < IMPROVEMENT * best[i]) {
          improved = elapsed;
        }
        best[i] = Math.min(best[i], nanos);
      }
      pass++;
      elapsed = (clock.getCurrentThreadCpuTime() - start) / 1e9;
    } while (elapsed < atMost
        && (elapsed < atLeast
            || elapsed - improved < Math.max(QUIET_SECONDS, QUIET_SHARE * elapsed)));
  }
}
