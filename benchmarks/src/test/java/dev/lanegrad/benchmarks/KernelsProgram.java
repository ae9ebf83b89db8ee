package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.internal.kernel.compilation.Warmup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/** Trains, and says how many kernels were asked for, and whether any was generated twice. */
final class KernelsProgram {
  private static final String VECTORS = "jdk/incubator/vector/";
  private static final long PATIENCE = 30_000_000_000L;

  private KernelsProgram() {}

  /**
   * Makes some steps.
   *
   * @param arguments batch and network as {@link TrainingTask#step} takes them, how many steps, and
   *     the folder that the JVM was told to write kernels to, and how many of vectors to wait for,
   *     which are generated when their turn has come
   */
  public static void main(String... arguments) throws IOException, InterruptedException {
    TrainingTask task = TrainingTask.step(Integer.parseInt(arguments[0]), arguments[1]);
    Runnable step = new TrainingStep(task, TrainingTask.TIMED_RATE).work().run();
    for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
      step.run();
    }
    Path folder = Path.of(arguments[3]);
    List<String> kernels = kernels(folder);
    int expected = Integer.parseInt(arguments[4]);
    long begin = System.nanoTime();
    while (vectors(kernels) < expected && System.nanoTime() - begin < PATIENCE) {
      Thread.sleep(5);
      kernels = kernels(folder);
    }
    System.out.printf(
        Locale.ROOT,
        "%d scalar, %d vector, %d twice",
        kernels.size() - vectors(kernels),
        Warmup.taken(),
        kernels.size() - new HashSet<>(kernels).size());
  }

  private static long vectors(List<String> kernels) {
    return kernels.stream().filter(kernel -> kernel.contains(VECTORS)).count();
  }

  /** The bytes of each class file. */
  private static List<String> kernels(Path folder) throws IOException {
    List<String> kernels = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String kernel = Files.readString(file, StandardCharsets.ISO_8859_1);
        if (!kernel.isEmpty()) { // it is, for a moment, before it is written
          kernels.add(kernel);
        }
      }
    }
    return kernels;
  }
}
