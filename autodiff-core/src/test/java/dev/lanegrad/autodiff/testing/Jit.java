package dev.lanegrad.autodiff.testing;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The JIT of this JVM. Whoever waits for it goes by what it does and not by the clock: a slow
 * machine may take as long as it likes.
 */
public final class Jit {
  /** What is tried so often while the JIT has nothing to do would not come true later either. */
  private static final int IDLE_ATTEMPTS = 150;

  private static final long PAUSE_MILLIS = 2;

  private Jit() {}

  /**
   * Tries until it comes true; whether it did before the JIT had nothing left to do.
   *
   * @param attempt calls what is to be compiled so often that the JIT hears of it
   */
  public static boolean brings(BooleanSupplier attempt) {
    int idle = 0;
    while (!attempt.getAsBoolean()) {
      idle = isBusy() ? 0 : idle + 1;
      if (idle == IDLE_ATTEMPTS) {
        return false;
      }
      pause();
    }
    return true;
  }

  /**
   * Tries until it comes true.
   *
   * @throws AssertionError that names what was waited for, once the JIT has nothing left to do
   */
  public static void await(Supplier<String> what, BooleanSupplier attempt) {
    if (!brings(attempt)) {
      throw new AssertionError(
          String.format(
              Locale.ROOT,
              "waited for %s, tried %d times more after the JIT had compiled all it was asked for",
              what.get(),
              IDLE_ATTEMPTS));
    }
  }

  /** Whether the JIT compiles something, or has been asked to. */
  private static boolean isBusy() {
    String queue = queue().replaceAll("(?m)^(C[12] compile queue:|Current compiles:|Empty)", "");
    return !queue.isBlank();
  }

  private static String queue() {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    try {
      ObjectName commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
      return (String) server.invoke(commands, "compilerQueue", new Object[0], new String[0]);
    } catch (JMException e) {
      throw new LinkageError("this JVM does not tell what its JIT does", e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
