package dev.lanegrad.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link Worker} in a JVM of its own, with the options of this one. */
final class WorkerProcess implements AutoCloseable {
  private static final int LINES_OF_AN_ERROR = 20;

  private final String kernels;
  private final Process process;
  private final BufferedReader in;
  private final BufferedWriter out;

  /**
   * Starts it; it then warms up.
   *
   * @param kernels {@code scalar} or {@code vector}
   */
  WorkerProcess(String kernels) throws IOException {
    this.kernels = kernels;
    List<String> own = ManagementFactory.getRuntimeMXBean().getInputArguments();
    process = new ProcessBuilder(command(kernels, own)).redirectErrorStream(true).start();
    in = process.inputReader(StandardCharsets.UTF_8);
    out = process.outputWriter(StandardCharsets.UTF_8);
  }

  /** The command that starts a worker, given the options of this JVM. */
  static List<String> command(String kernels, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dlanegrad.threads=1"); // as the ceilings are measured; an option overrides it
    for (String option : options) {
      if (!option.startsWith("-Dlanegrad.kernels=") && !option.startsWith("--add-modules")) {
        command.add(option);
      }
    }
    command.add("--add-modules=jdk.incubator.vector");
    command.add("-Dlanegrad.kernels=" + kernels);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Worker.class.getName());
    return command;
  }

  /** Waits until it is warm; its kernels and their lanes. */
  String awaitReady() throws IOException {
    String answer = answer();
    if (!answer.startsWith(kernels + " ")) {
      throw new IOException("asked for %s kernels, got %s".formatted(kernels, answer));
    }
    return answer;
  }

  /** Nanoseconds a call over one slot of a row. */
  double time(Row row) throws IOException {
    out.write(row.key());
    out.newLine();
    out.flush();
    return Double.parseDouble(answer());
  }

  private String answer() throws IOException {
    Deque<String> others = new ArrayDeque<>();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.startsWith(Worker.ANSWER)) {
        return line.substring(Worker.ANSWER.length());
      }
      others.add(line);
      if (others.size() > LINES_OF_AN_ERROR) {
        others.remove();
      }
    }
    throw new IOException(
        "the JVM with %s kernels ended:%n%s".formatted(kernels, String.join("\n", others)));
  }

  @Override
  public void close() {
    try {
      out.close();
      if (process.waitFor(5, TimeUnit.SECONDS)) {
        return;
      }
    } catch (IOException _) {
      // it has ended already
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
