package dev.lanegrad.training;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Warns of JVMs that may corrupt arrays while native code has them pinned, as {@code java.util.zip}
 * does: JDK 25.0.0 to 25.0.2 with the collector G1.
 *
 * <p>Source: <a href="https://bugs.openjdk.org/browse/JDK-8377811">JDK-8377811</a>.
 */
public final class PinnedArrays {
  private static final AtomicBoolean WARNED = new AtomicBoolean();

  private PinnedArrays() {}

  /**
   * To be called before {@code java.util.zip} is used. Logs a warning the first time, if this JVM
   * is one of those; costs nothing on others.
   */
  public static void warnOnce() {
    Runtime.Version version = Runtime.version();
    if (isAffected(version) && WARNED.compareAndSet(false, true)) {
      warning(version, collectors())
          .ifPresent(
              text -> System.getLogger("dev.lanegrad").log(System.Logger.Level.WARNING, text));
    }
  }

  /** What to say about a version with these collectors, if anything. */
  static Optional<String> warning(Runtime.Version version, List<String> collectors) {
    if (!isAffected(version) || collectors.stream().noneMatch(name -> name.startsWith("G1"))) {
      return Optional.empty();
    }
    return Optional.of(
        "JDK "
            + version
            + " with the collector G1 may corrupt data that is compressed or unpacked"
            + " (JDK-8377811): use JDK 25.0.3 or newer, or another collector, as by"
            + " -XX:+UseSerialGC");
  }

  private static boolean isAffected(Runtime.Version version) {
    return version.feature() == 25 && version.interim() == 0 && version.update() <= 2;
  }

  /** The names of this JVM's collectors; G1, the usual one, where the JDK cannot tell. */
  private static List<String> collectors() {
    if (ModuleLayer.boot().findModule("java.management").isEmpty()) {
      return List.of("G1");
    }
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .map(GarbageCollectorMXBean::getName)
        .toList();
  }
}
