package dev.lanegrad.autodiff.internal.kernel.loops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.internal.kernel.compilation.Warmup;
import dev.lanegrad.autodiff.internal.program.Template;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Who is warmed up when. */
class WarmupTest {
  private static final long SLOW_NANOS = 200_000;
  private static final long LOOK_MILLIS = 10;

  /** A kernel that stays slow until another one is ready, although it carries the load. */
  private static final class Stubborn implements Warmup.Workload {
    private final CountDownLatch other;
    private final AtomicInteger runs = new AtomicInteger();

    Stubborn(CountDownLatch other) {
      this.other = other;
    }

    @Override
    public void run() {
      runs.incrementAndGet();
      if (other.getCount() > 0) {
        LockSupport.parkNanos(SLOW_NANOS);
      }
    }

    @Override
    public void callIdly() {}

    @Override
    public long operations() {
      return 0;
    }

    @Override
    public boolean carriesTheLoad() {
      return true;
    }

    @Override
    public void ready() {}
  }

  private record Quick(CountDownLatch isReady) implements Warmup.Workload {
    @Override
    public void run() {}

    @Override
    public long operations() {
      return 1_000_000;
    }

    @Override
    public void ready() {
      isReady.countDown();
    }
  }

  /** 35 multiplications and additions of numbers that are no common constants. */
  @Test
  void aKernelOfManyConstantsIsRehearsed() {
    Formula formula = Formula.input(0);
    for (int i = 0; i < 35; i++) {
      formula = formula.fma(Formula.constant(1.5 + i), Formula.constant(-1.5 - i));
    }
    Template template = Template.of(List.of(formula));
    assertEquals(70, template.parameters().size());
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      LoopKernel kernel = new LoopKernel(template.program(dtype), new LoopShape(1, 0, 0), formula);
      kernel.rehearsal().run();
    }
  }

  @Test
  void whoCarriesTheLoadDoesNotKeepOthersWaiting() throws Exception {
    CountDownLatch isReady = new CountDownLatch(1);
    Stubborn stubborn = new Stubborn(isReady);
    assertTrue(Warmup.submit(stubborn));
    assertTrue(Warmup.submit(new Quick(isReady)));
    while (!isReady.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      int runs = stubborn.runs.get();
      assertTrue(
          runs < 1_000,
          () -> String.format(Locale.ROOT, "not ready after %d runs of the other", runs));
    }
  }
}
