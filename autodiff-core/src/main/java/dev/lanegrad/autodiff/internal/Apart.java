package dev.lanegrad.autodiff.internal;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Parts of a step that the JIT compiles for themselves. C2 copies what a method calls into it, and
 * that into who calls the method: a product of matrices was compiled four times over, and all of a
 * step again with each method that opens a scope, a third of the time until a small step was fast.
 *
 * <p>It copies no method into itself more than once. So behind two calls of a method by itself is a
 * third one, whose code is elsewhere.
 */
public final class Apart {
  private static final int DEEP = 2;

  private Apart() {}

  /** Does something. */
  public static void run(Runnable part) {
    run(part, DEEP);
  }

  private static void run(Runnable part, int levels) {
    if (levels > 0) {
      run(part, levels - 1);
    } else {
      part.run();
    }
  }

  /** Computes something. */
  public static <T extends @Nullable Object> T get(Supplier<T> part) {
    return get(part, DEEP);
  }

  private static <T extends @Nullable Object> T get(Supplier<T> part, int levels) {
    return levels > 0 ? get(part, levels - 1) : part.get();
  }
}
