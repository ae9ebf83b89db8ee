package dev.lanegrad.autodiff.internal.kernel.compilation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Says how many workloads at most the JIT was asked for at once, of many that were submitted. */
final class OneByOneProgram {
  private static final int WORKLOADS = 5;
  private static final CountDownLatch ALL_SUBMITTED = new CountDownLatch(1);
  private static final CountDownLatch ALL_READY = new CountDownLatch(WORKLOADS);
  private static final AtomicInteger MOST = new AtomicInteger();

  private OneByOneProgram() {}

  /** Fast some runs after the JIT was asked for it. */
  private static final class Late implements Warmup.Workload {
    private static final int RUNS = 4;
    private static final Set<Late> BEING_COMPILED = new HashSet<>();

    private int calls;
    private int runs;

    @Override
    public void callIdly() {
      await();
      if (++calls == sufficientCalls()) {
        BEING_COMPILED.add(this);
        MOST.accumulateAndGet(BEING_COMPILED.size(), Math::max);
      }
    }

    private static void await() {
      try {
        ALL_SUBMITTED.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void run() {
      runs += calls >= sufficientCalls() ? 1 : 0;
      if (runs < RUNS) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      }
    }

    @Override
    public long operations() {
      return 100_000; // fast is less than some tenths of a millisecond
    }

    @Override
    public void ready() {
      BEING_COMPILED.remove(this);
      ALL_READY.countDown();
    }
  }

  public static void main(String... arguments) throws InterruptedException {
    List<Late> workloads = new ArrayList<>();
    for (int i = 0; i < WORKLOADS; i++) {
      workloads.add(new Late());
    }
    workloads.forEach(Warmup::submit);
    ALL_SUBMITTED.countDown();
    ALL_READY.await();
    System.out.printf(Locale.ROOT, "%d ready, at most %d at once", workloads.size(), MOST.get());
  }
}
