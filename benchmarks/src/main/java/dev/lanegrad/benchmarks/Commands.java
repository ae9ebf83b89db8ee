package dev.lanegrad.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Programs that run to their end. */
final class Commands {
  private Commands() {}

  /** What a program prints. */
  static List<String> lines(List<String> command) throws IOException {
    List<String> lines = new ArrayList<>();
    run(command, lines::add);
    return lines;
  }

  /** Runs a program and looks at each line when it is printed. */
  static void run(List<String> command, Consumer<String> onLine) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
      in.lines().forEach(onLine);
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Whether there is a program of that name on the path. */
  static boolean exist(String name) {
    String path = System.getenv("PATH");
    if (path == null) {
      return false;
    }
    for (String folder : path.split(File.pathSeparator, -1)) {
      if (Files.isExecutable(Path.of(folder, name))) {
        return true;
      }
    }
    return false;
  }
}
