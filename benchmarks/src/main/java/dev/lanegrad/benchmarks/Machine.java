package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.KernelInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Where the figures come from.
 *
 * @param processor its name, as far as the system tells
 * @param cores that this JVM may use
 * @param java vendor and version
 * @param lanes floats in a vector
 * @param peers names and versions of the other libraries
 */
record Machine(String processor, int cores, String java, int lanes, List<String> peers) {
  /**
   * This machine.
   *
   * @param descriptions what each process said it is
   */
  static Machine here(Map<Contender, String> descriptions) {
    return here(
        lanes(descriptions),
        descriptions.keySet().stream()
            .filter(Contender::isPeer)
            .map(c -> Objects.requireNonNull(descriptions.get(c)))
            .distinct()
            .toList());
  }

  /** This machine, where no other library takes part. */
  static Machine here() {
    return here(KernelInfo.lanes(DType.FLOAT32), List.of());
  }

  private static Machine here(int lanes, List<String> peers) {
    return new Machine(
        processorName(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.vendor.version", System.getProperty("java.vendor"))
            + " "
            + System.getProperty("java.version"),
        lanes,
        peers);
  }

  /** Of the process that uses vectors, whose description ends with their length. */
  private static int lanes(Map<Contender, String> descriptions) {
    return descriptions.keySet().stream()
        .filter(c -> !c.isPeer())
        .map(c -> Objects.requireNonNull(descriptions.get(c)))
        .mapToInt(d -> Integer.parseInt(d.substring(d.indexOf(' ') + 1)))
        .max()
        .orElse(0);
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
    String own =
        String.format(
            Locale.ROOT,
            "%s, %d cores, Java %s, %d floats in a vector",
            processor,
            cores,
            java,
            lanes);
    return peers.isEmpty() ? own : own + "; " + String.join("; ", peers);
  }
}
