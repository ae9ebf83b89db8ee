package dev.lanegrad.autodiff.internal.kernel.compilation;

import dev.lanegrad.autodiff.internal.settings.Settings;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Gets vector kernels compiled by the JIT before they carry the load. Interpreted vector code is
 * some 200 times slower than scalar code, so scalar loops, which give the same bits, do the work
 * until a helper thread has seen the vector kernel run fast. Of those that stay slow {@link
 * SlowKernels} tells; they are tried again now and then.
 *
 * <p>The JIT compiles what is called often, whatever it does: most calls have nothing to do, and
 * one in many runs the code, so that the JIT learns which way it goes.
 */
public final class Warmup {
  /**
   * A vector kernel runs at less than this many nanoseconds an operation once C2 has compiled it,
   * on a slow or busy core too; what C1 makes of it takes five times as long and more.
   */
  private static final double COMPILED_NANOS = 4;

  /** What a run may take besides. */
  private static final long CALL_NANOS = 300;

  private static final int IDLE_CALLS = 600;

  /** Long enough for all calls of most kernels: those asked for first reach the JIT first. */
  private static final long SLICE_NANOS = 60_000_000;

  private static final long PAUSE_NANOS = 1_000_000;

  /** How often a kernel that the JIT was asked to compile is tried at least before it is slow. */
  private static final int TRIES = 100;

  /** From one try of a slow kernel to the next. */
  private static final long RETRY_MILLIS = 1_000;

  private static final int MOST_PENDING = 256;

  /**
   * On one processor kernels are compiled one after the other: several at once would all come into
   * use later.
   */
  private static final boolean ONE_BY_ONE = Runtime.getRuntime().availableProcessors() == 1;

  /** So many nanoseconds the others wait for one, which the JIT may have given up. */
  private static final long LONGEST_ALONE = 10_000_000_000L;

  /** What carries most of the load gets its calls first, then each in turn. */
  private static final BlockingQueue<Candidate> PENDING =
      new PriorityBlockingQueue<>(MOST_PENDING, Candidate::compare);

  private static final AtomicLong TURNS = new AtomicLong();

  private static final AtomicInteger TAKEN = new AtomicInteger();

  private Warmup() {}

  /** Something to run on data of its own until it is fast. */
  public interface Workload {
    /** Runs once. */
    void run();

    /** Calls the same code with nothing to do, if there is a way to. */
    default void callIdly() {
      run();
    }

    /** After how many calls the JIT has certainly been asked to compile the code. */
    default int sufficientCalls() {
      return 3_000;
    }

    /** How many vector operations one run executes. */
    long operations();

    /** Whether scalar loops in its place take most of the time. */
    default boolean carriesTheLoad() {
      return false;
    }

    /** Called when runs have become fast. */
    void ready();

    /** How long the JIT may take, in nanoseconds, before the workload counts as slow. */
    default long patience() {
      return TimeUnit.SECONDS.toNanos(Settings.WARMUP_PATIENCE);
    }
  }

  private static final class Candidate {
    private final Workload workload;
    private long turn = TURNS.getAndIncrement();
    private int calls;
    private long begun;

    /** Since the JIT has been asked. */
    private int tries;

    private long asked;

    Candidate(Workload workload) {
      this.workload = workload;
    }

    /** Calls for a while; whether the workload is fast by now. */
    boolean runSlice() {
      long start = System.nanoTime();
      begun = calls == 0 ? start : begun;
      do {
        for (int i = 0; i < IDLE_CALLS && System.nanoTime() - start < SLICE_NANOS; i++) {
          workload.callIdly();
          calls++;
        }
        if (isFast()) {
          workload.ready();
          return true;
        }
      } while (!waitsForTheJit() && System.nanoTime() - start < SLICE_NANOS);
      if (waitsForTheJit() && tries++ == 0) {
        asked = System.nanoTime();
      }
      return false;
    }

    boolean staysAlone() {
      long longest = Math.min(LONGEST_ALONE, workload.patience());
      return ONE_BY_ONE && System.nanoTime() - begun < longest;
    }

    boolean isSlow() {
      return tries > TRIES && System.nanoTime() - asked > workload.patience();
    }

    private boolean isFast() {
      long start = System.nanoTime();
      workload.run();
      return System.nanoTime() - start < CALL_NANOS + COMPILED_NANOS * workload.operations();
    }

    /** Which of two comes first, as a comparator says it. */
    static int compare(Candidate a, Candidate b) {
      int byUrgency = Boolean.compare(b.isUrgent(), a.isUrgent());
      return byUrgency != 0 ? byUrgency : Long.compare(a.turn, b.turn);
    }

    /** Once the JIT has been asked, there is nothing that would hurry. */
    boolean isUrgent() {
      return workload.carriesTheLoad() && !waitsForTheJit();
    }

    boolean waitsForTheJit() {
      return calls > workload.sufficientCalls();
    }
  }

  /** Takes a workload on, unless too many are waiting. */
  public static boolean submit(Workload workload) {
    Worker.start();
    boolean isTaken = PENDING.size() < MOST_PENDING && PENDING.add(new Candidate(workload));
    if (isTaken) {
      TAKEN.getAndIncrement();
    }
    return isTaken;
  }

  /** How many workloads have been taken on. */
  public static int taken() {
    return TAKEN.get();
  }

  /** The helper thread, started when first needed. */
  private static final class Worker {
    static {
      Thread thread = new Thread(Worker::work, "lanegrad-warmup");
      thread.setDaemon(true);
      thread.setContextClassLoader(null);
      thread.start();
    }

    static void start() {}

    /** Of this thread alone. */
    private static final Queue<Candidate> SLOW = new ArrayDeque<>();

    /** Of this thread alone: for whom all others wait. */
    private static @Nullable Candidate alone;

    /** What waits for its turn; or when nothing does, for a while, a slow one. */
    private static Candidate next() throws InterruptedException {
      Candidate same = alone;
      if (same != null) {
        alone = null;
        return same;
      }
      while (true) {
        Candidate pending =
            SLOW.isEmpty() ? PENDING.take() : PENDING.poll(RETRY_MILLIS, TimeUnit.MILLISECONDS);
        Candidate next = pending == null ? SLOW.poll() : pending;
        if (next != null) {
          return next;
        }
      }
    }

    private static void rehearse(Candidate candidate) {
      if (candidate.runSlice()) {
        SlowKernels.remove(candidate.workload);
      } else if (candidate.isSlow()) {
        SlowKernels.add(candidate.workload);
        if (SLOW.size() < MOST_PENDING) {
          SLOW.add(candidate);
        }
      } else {
        if (candidate.staysAlone()) {
          alone = candidate;
        } else {
          candidate.turn = TURNS.getAndIncrement();
          PENDING.add(candidate);
        }
        if (candidate.waitsForTheJit()) {
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
    }

    private static void work() {
      while (true) {
        try {
          Candidate candidate = next();
          try {
            rehearse(candidate);
          } catch (RuntimeException | Error e) {
            SlowKernels.addRefused(candidate.workload, e);
          }
        } catch (InterruptedException _) {
          return;
        }
      }
    }
  }
}
