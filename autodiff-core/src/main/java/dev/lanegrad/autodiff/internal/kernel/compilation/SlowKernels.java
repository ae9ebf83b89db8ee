package dev.lanegrad.autodiff.internal.kernel.compilation;

import dev.lanegrad.autodiff.internal.settings.Settings;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Vector kernels that the JVM has not made fast, so that their scalar loops stay in use: said once
 * in a warning, and of each in an event of the flight recorder.
 */
public final class SlowKernels {
  private static final String REFUSED =
      "a vector kernel could not be prepared; its scalar loop stays in use";

  /** An image made by jlink, or {@code --limit-modules}, may leave it out. */
  private static final boolean HAS_RECORDER = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  /** Each by itself: several may have one name. */
  private static final Set<Object> KERNELS = Collections.newSetFromMap(new IdentityHashMap<>());

  private static boolean hasWarnedOfSlow;
  private static boolean hasWarnedOfRefused;

  private SlowKernels() {}

  /** What they compute. */
  public static synchronized List<String> names() {
    return KERNELS.stream().map(Object::toString).distinct().sorted().toList();
  }

  /** One for which the JIT's time is up. */
  static synchronized void add(Object kernel) {
    if (KERNELS.add(kernel)) {
      tellRecorder(kernel, "not compiled to fast code: " + Settings.VM_MODE);
      if (!hasWarnedOfSlow) {
        hasWarnedOfSlow = true;
        warn(slow(kernel, Settings.VM_MODE), null);
      }
    }
  }

  /** One that has become fast after all. */
  static synchronized void remove(Object kernel) {
    KERNELS.remove(kernel);
  }

  /** One that cannot run. */
  static synchronized void addRefused(Object kernel, Throwable why) {
    if (KERNELS.add(kernel)) {
      tellRecorder(kernel, why.toString());
      if (!hasWarnedOfRefused) {
        hasWarnedOfRefused = true;
        warn(REFUSED + ": " + kernel, why);
      }
    }
  }

  private static void tellRecorder(Object kernel, String reason) {
    if (HAS_RECORDER) {
      new SlowKernelEvent().commit(kernel, reason);
    }
  }

  /** What it means, why it may be, and what to do. */
  static String slow(Object kernel, String mode) {
    return String.format(
        Locale.ROOT,
        "the JVM has not made fast code of a vector kernel in %d s: %s; its scalar loop stays in"
            + " use, with the same results, up to twenty times slower. %s."
            + " KernelInfo.slowKernels() lists all such kernels",
        Settings.WARMUP_PATIENCE,
        kernel,
        reason(mode));
  }

  private static String reason(String mode) {
    if (mode.contains("interpreted")) {
      return "Java interprets all code: leave out -Xint";
    }
    if (mode.contains("emulated-client")) {
      return "Java compiles by C1 alone, and only C2 compiles vectors: leave out"
          + " -XX:TieredStopAtLevel=1 or -XX:CompilationMode=quick-only";
    }
    return "Either the JIT may not (-XX:TieredStopAtLevel, -XX:CompileCommand), or the code cache"
        + " is full (-XX:ReservedCodeCacheSize), or the machine is busy (-Dlanegrad.warmup.patience"
        + " waits longer)";
  }

  private static void warn(String message, @Nullable Throwable thrown) {
    System.getLogger("dev.lanegrad").log(System.Logger.Level.WARNING, message, thrown);
  }
}
