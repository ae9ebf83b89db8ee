package dev.lanegrad.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the figures come from.
 *
 * @param processor its name, as far as the system tells
 * @param cores that this JVM may use
 * @param java vendor and version
 * @param lanes floats in a vector
 */
record Machine(String processor, int cores, String java, int lanes) {
  /** This machine. */
  static Machine here(int lanes) {
    return new Machine(
        processorName(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.vendor.version", System.getProperty("java.vendor"))
            + " "
            + System.getProperty("java.version"),
        lanes);
  }

  private static String processorName() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
        if (line.startsWith("model name")) {
          return line.substring(line.indexOf(':') + 1).strip();
        }
      }
    } catch (IOException _) {
      // not Linux
    }
    return System.getProperty("os.arch");
  }

  /** One line. */
  @Override
  public String toString() {
    return "%s, %d cores, Java %s, %d floats in a vector".formatted(processor, cores, java, lanes);
  }
}
