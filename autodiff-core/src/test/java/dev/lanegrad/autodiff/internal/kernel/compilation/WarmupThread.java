package dev.lanegrad.autodiff.internal.kernel.compilation;

import dev.lanegrad.autodiff.testing.Jit;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The helper thread that has kernels compiled, for tests that wait for it. */
public final class WarmupThread {
  /** Looks at an empty queue after which no kernel is in the thread's hands either. */
  private static final int QUIET_LOOKS = 20;

  private static final long LOOK_MILLIS = 5;

  private static final Collection<?> PENDING = (Collection<?>) constant("PENDING");
  private static final AtomicLong TURNS = (AtomicLong) constant("TURNS");

  private WarmupThread() {}

  /**
   * Waits until it is so, as long as the JIT or the thread has something to do for it: it has
   * another try whenever every kernel that waits had its turn.
   */
  public static void await(Supplier<String> what, BooleanSupplier isSo) {
    Jit.await(
        what,
        () -> {
          long turns = TURNS.get() + PENDING.size();
          while (!PENDING.isEmpty() && TURNS.get() < turns) {
            look();
          }
          return isSo.getAsBoolean();
        });
  }

  /** Waits until every kernel that was asked for is in use. */
  public static void awaitAll() {
    await(() -> PENDING.size() + " kernels to become fast", WarmupThread::isQuiet);
  }

  private static boolean isQuiet() {
    int quiet = 0;
    while (quiet < QUIET_LOOKS && PENDING.isEmpty()) {
      quiet++;
      look();
    }
    return quiet == QUIET_LOOKS;
  }

  private static void look() {
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while waiting for kernels", e);
    }
  }

  private static Object constant(String name) {
    try {
      Field field = Warmup.class.getDeclaredField(name);
      field.setAccessible(true);
      return field.get(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
