package dev.lanegrad.autodiff.internal.kernel.threads;

import dev.lanegrad.autodiff.internal.settings.Settings;
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
public final class Workers {
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

  /** What is done for a range of a loop, in any order of ranges and on any thread. */
  @FunctionalInterface
  public interface Range {
    /**
     * Does it.
     *
     * @param part the number of the range, from 0 on
     * @param begin the first of the range
     * @param end the one behind the last, always larger than {@code begin}
     */
    void run(int part, int begin, int end);
  }

  /** Into how many parts a loop should be cut, if it can be. */
  @FunctionalInterface
  interface Cutting {
    public int parts(int count, long operations);
  }

  /** Tests put another one here, which cuts small loops into many parts. */
  static volatile Cutting cutting = Workers::worthwhileParts;

  static int worthwhileParts(int count, long operations) {
    return (int) Math.min(operations / OPERATIONS_OF_A_PART, Settings.THREADS);
  }

  /**
   * Into how many ranges {@link #ranges} cuts a loop: at least 1, at most {@code count}.
   *
   * @param count what the loop goes over
   * @param operations how much there is to do in all
   */
  public static int parts(int count, long operations) {
    return Math.max(1, Math.min(cutting.parts(count, operations), count));
  }

  /**
   * Goes over 0 to {@code count} - 1 in ranges of equal length, give or take one, and returns when
   * all are done.
   *
   * @param operations how much there is to do in all
   */
  public static void ranges(int count, long operations, Range body) {
    inParts(parts(count, operations), count, body);
  }

  /** {@link #ranges} for who has asked for the number of {@link #parts} before. */
  public static void inParts(int parts, int count, Range body) {
    if (parts == 1 || Settings.THREADS == 1 || !TAKEN.compareAndSet(false, true)) {
      for (int part = 0; part < parts; part++) {
        runPart(part, parts, count, body);
      }
      return;
    }
    try {
      Job job = new Job(parts, count, body);
      current = job;
      wakeHelpers(Math.min(parts - 1, HELPERS.length));
      job.work();
      job.await();
    } finally {
      current = null;
      TAKEN.set(false);
    }
  }

  private static void runPart(int part, int parts, int count, Range body) {
    int begin = (int) ((long) part * count / parts);
    int end = (int) ((part + 1L) * count / parts);
    if (begin < end) {
      body.run(part, begin, end);
    }
  }

  private static void wakeHelpers(int count) {
    for (int i = 0; i < count; i++) {
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
    private final int count;
    private final Range body;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();
    private volatile @Nullable Throwable failure;

    Job(int parts, int count, Range body) {
      this.parts = parts;
      this.count = count;
      this.body = body;
    }

    @SuppressWarnings("ReferenceEquality") // each loop is an object of its own
    boolean isSame(@Nullable Job other) {
      return this == other;
    }

    void work() {
      for (int part = next.getAndIncrement(); part < parts; part = next.getAndIncrement()) {
        try {
          runPart(part, parts, count, body);
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
