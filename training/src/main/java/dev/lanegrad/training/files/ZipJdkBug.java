package dev.lanegrad.training.files;

import java.lang.System.Logger;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Warns of JDK 25.0.0 to 25.0.2 with the collector G1, which can move an array while native code
 * such as that of {@code java.util.zip} works on it, so that what is unpacked or packed is wrong.
 *
 * <p>Source: <a href="https://bugs.openjdk.org/browse/JDK-8377811">JDK-8377811</a>.
 */
public final class ZipJdkBug {
  private static final Logger LOG = System.getLogger(ZipJdkBug.class.getName());
  private static final AtomicBoolean WARNED = new AtomicBoolean();

  private ZipJdkBug() {}

  /** Warns the first time that it is called, if it has to. */
  public static void warnOnce() {
    if (isAffected(Runtime.version(), usesG1()) && !WARNED.getAndSet(true)) {
      LOG.log(
          Logger.Level.WARNING,
          "JDK {0} with G1 can corrupt what java.util.zip reads and writes (JDK-8377811):"
              + " use 25.0.3 or newer, or another collector",
          Runtime.version());
    }
  }

  static boolean isAffected(Runtime.Version version, boolean usesG1) {
    return usesG1 && version.feature() == 25 && version.interim() == 0 && version.update() < 3;
  }

  private static boolean usesG1() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .map(GarbageCollectorMXBean::getName)
        .anyMatch(name -> name.startsWith("G1"));
  }
}
