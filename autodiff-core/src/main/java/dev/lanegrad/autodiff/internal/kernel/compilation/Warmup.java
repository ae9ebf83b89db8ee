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

  /** From one run to the next, among the first calls: the JIT may have enough of these. */
  private static final int IDLE_CALLS = 40;

  private static final int EARLY_CALLS = 800;
  private static final int MORE_IDLE_CALLS = 600;

  /** Enough that C1 is asked for, in a few slices. */
  private static final int SOME_CALLS = 100;

  /** What takes so many times as long as it may is not compiled. */
  private static final int NOT_COMPILED = 5;

  private static final int RUNS_AT_ONCE = 20;

  private static final int CALLS_AT_ONCE = 32;

  /** After so long calls are counted whether C1 has compiled the code or not. */
  private static final long LONGEST_INTERPRETED = 50_000_000;

  /** Long enough for all calls of most kernels: those asked for first reach the JIT first. */
  private static final long SLICE_NANOS = 60_000_000;

  private static final long PAUSE_NANOS = 1_000_000;

  /** After so long a kernel is tried, although nothing says that it has become fast. */
  private static final long TRY_NANOS = 10_000_000;

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

  private enum Stage {
    NEW,
    /** Until C1 has compiled it, and counts. */
    INTERPRETED,
    /** Until there were enough calls for C2. */
    COUNTED,
    /** Until C2 has compiled it. */
    ASKED_FOR
  }

  private static final class Candidate {
    private final Workload workload;
    private long turn = TURNS.getAndIncrement();

    /** Since C1 has compiled the code, or was given up. */
    private int calls;

    private long begun;
    private Stage stage = Stage.NEW;

    /** What an idle call took, in nanoseconds, when the code was last known to be what it was. */
    private double idleNanos;

    /** Since the JIT has been asked. */
    private int tries;

    private long asked;
    private long lastTry;
    private boolean looksCompiled;

    Candidate(Workload workload) {
      this.workload = workload;
    }

    /** Calls for a while; whether the workload is fast by now. */
    boolean runSlice() {
      long start = System.nanoTime();
      switch (stage) {
        case NEW -> {
          workload.callIdly(); // makes what it needs
          begun = start;
          stage = Stage.INTERPRETED;
          return false;
        }
        case INTERPRETED -> {
          if (callIsQuicker(SOME_CALLS) || start - begun > LONGEST_INTERPRETED) {
            stage = Stage.COUNTED;
          }
          return false;
        }
        case COUNTED -> {
          while (System.nanoTime() - start < SLICE_NANOS) {
            int some = calls < EARLY_CALLS ? IDLE_CALLS : MORE_IDLE_CALLS;
            calls += callIdly(some, start + SLICE_NANOS);
            if (isFast()) {
              return true;
            }
            if (calls > workload.sufficientCalls()) {
              stage = Stage.ASKED_FOR;
              asked = System.nanoTime();
              lastTry = asked;
              idleNanos = 0;
              return false;
            }
          }
          return false;
        }
        case ASKED_FOR -> {
          looksCompiled |= callIsQuicker(SOME_CALLS);
          if (looksCompiled || start - lastTry > TRY_NANOS) {
            tries++;
            lastTry = start;
            return isFast();
          }
          return false;
        }
      }
      throw new AssertionError(stage);
    }

    /**
     * Whether idle calls take less than half of what they took: there is other code for them. It
     * takes less time to find out than to run what is not compiled, which would have the JIT
     * compile all that vectors do by themselves.
     */
    private boolean callIsQuicker(int some) {
      long before = System.nanoTime();
      int done = callIdly(some, before + SLICE_NANOS);
      double nanos = (double) (System.nanoTime() - before) / Math.max(done, 1);
      boolean isQuicker = nanos < idleNanos / 2;
      idleNanos = idleNanos == 0 ? nanos : Math.min(nanos, idleNanos);
      return isQuicker;
    }

    private int callIdly(int some, long end) {
      int done = 0;
      while (done < some && (done % CALLS_AT_ONCE != 0 || System.nanoTime() < end)) {
        workload.callIdly();
        done++;
      }
      return done;
    }

    boolean staysAlone() {
      long longest = Math.min(LONGEST_ALONE, workload.patience());
      return ONE_BY_ONE && System.nanoTime() - begun < longest;
    }

    boolean isSlow() {
      return tries > TRIES && System.nanoTime() - asked > workload.patience();
    }

    /** Runs until it is, as long as it may be who calls that is slow. */
    private boolean isFast() {
      double fast = CALL_NANOS + COMPILED_NANOS * workload.operations();
      for (int i = 0; i < RUNS_AT_ONCE; i++) {
        long start = System.nanoTime();
        workload.run();
        long nanos = System.nanoTime() - start;
        if (nanos < fast) {
          return true;
        }
        if (nanos > NOT_COMPILED * fast) {
          return false;
        }
      }
      return false;
    }

    /** Which of two comes first, as a comparator says it. */
    static int compare(Candidate a, Candidate b) {
      int byUrgency = Boolean.compare(b.isUrgent(), a.isUrgent());
      return byUrgency != 0 ? byUrgency : Long.compare(a.turn, b.turn);
    }

    /** While the JIT compiles, there is nothing that would hurry. */
    boolean isUrgent() {
      return workload.carriesTheLoad() && !waitsForTheJit();
    }

    boolean waitsForTheJit() {
      return stage == Stage.INTERPRETED || stage == Stage.ASKED_FOR;
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
        candidate.workload.ready();
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
