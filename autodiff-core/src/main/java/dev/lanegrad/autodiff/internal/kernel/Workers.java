package dev.lanegrad.autodiff.internal.kernel;

import dev.lanegrad.autodiff.internal.Settings;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The fixed pool of threads that share one large loop: the caller and {@code lanegrad.threads - 1}
 * helpers. Helpers wait for the next loop by spinning for a short, bounded time and then park.
 * While one user thread has the pool, others run their loops alone.
 *
 * <p>How a loop is cut into parts never changes a bit of its result.
 */
final class Workers {
  /** Operations that a part should have, so that handing it over pays. */
  private static final long OPERATIONS_OF_A_PART = 1_000_000;

  /**
   * Longer than the gaps between the loops of one training step, shorter than anyone would mind.
   */
  private static final long SPIN_NANOS = 100_000;

  private static final AtomicBoolean TAKEN = new AtomicBoolean();
  private static final Thread[] HELPERS = new Thread[Settings.THREADS - 1];
  private static volatile @Nullable Job current;

  private Workers() {}

  /** Something that is done in parts, in any order and on any thread. */
  @FunctionalInterface
  interface Parts {
    void run(int part);
  }

  /**
   * Into how many parts to cut a loop.
   *
   * @param operations how much there is to do
   * @param most parts there can be
   */
  static int count(long operations, int most) {
    long worthwhile = Math.min(operations / OPERATIONS_OF_A_PART, Settings.THREADS);
    return (int) Math.max(1, Math.min(worthwhile, most));
  }

  /** Runs all parts and returns when they are done. */
  static void run(int parts, Parts action) {
    if (parts == 1 || Settings.THREADS == 1 || !TAKEN.compareAndSet(false, true)) {
      for (int part = 0; part < parts; part++) {
        action.run(part);
      }
      return;
    }
    try {
      Job job = new Job(parts, action);
      current = job;
      wakeHelpers();
      job.work();
      job.await();
    } finally {
      current = null;
      TAKEN.set(false);
    }
  }

  private static void wakeHelpers() {
    for (int i = 0; i < HELPERS.length; i++) {
      if (HELPERS[i] == null) {
        HELPERS[i] = new Thread(Workers::help, "lanegrad-worker-" + (i + 1));
        HELPERS[i].setDaemon(true);
        HELPERS[i].start();
      } else {
        LockSupport.unpark(HELPERS[i]);
      }
    }
  }

  private static void help() {
    Job last = null;
    long idleSince = System.nanoTime();
    while (true) {
      Job job = current;
      if (job != null && !job.isSame(last)) {
        job.work();
        last = job;
        idleSince = System.nanoTime();
      } else if (System.nanoTime() - idleSince < SPIN_NANOS) {
        Thread.onSpinWait();
      } else {
        LockSupport.park(Workers.class);
        idleSince = System.nanoTime();
      }
    }
  }

  /** One loop. */
  private static final class Job {
    private final int parts;
    private final Parts action;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();
    private volatile @Nullable Throwable failure;

    Job(int parts, Parts action) {
      this.parts = parts;
      this.action = action;
    }

    @SuppressWarnings("ReferenceEquality") // each loop is an object of its own
    boolean isSame(@Nullable Job other) {
      return this == other;
    }

    void work() {
      for (int part = next.getAndIncrement(); part < parts; part = next.getAndIncrement()) {
        try {
          action.run(part);
        } catch (Throwable e) {
          failure = e;
        } finally {
          finished.incrementAndGet();
        }
      }
    }

    void await() {
      while (finished.get() < parts) {
        Thread.onSpinWait();
      }
      Throwable thrown = failure;
      if (thrown instanceof RuntimeException e) {
        throw e;
      }
      if (thrown != null) {
        throw new IllegalStateException("a part of a loop failed", thrown);
      }
    }
  }
}
