package dev.lanegrad.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A {@link Worker} in a process of its own. */
final class WorkerProcess implements AutoCloseable {
  private static final int LINES_OF_AN_ERROR = 20;

  private final String name;
  private final Process process;
  private final BufferedReader in;
  private final BufferedWriter out;

  /** Whether the process is stopped while it is not its turn. */
  private final boolean stops;

  /** Starts a contender: in a JVM with the options of this one, or in Python. */
  static WorkerProcess start(Contender contender, String classPath) throws IOException {
    List<String> own = ManagementFactory.getRuntimeMXBean().getInputArguments();
    String name = String.format(Locale.ROOT, "%s, threads %d", contender, contender.threads());
    return new WorkerProcess(
        name,
        contender.isPython() ? Python.command(contender) : command(contender, own, classPath),
        contender.environment(),
        contender.spins());
  }

  /**
   * Starts a process.
   *
   * @param name for messages
   * @param stops whether to stop the process while it is not its turn, by POSIX signals
   */
  WorkerProcess(String name, List<String> command, Map<String, String> environment, boolean stops)
      throws IOException {
    this.name = name;
    this.stops = stops;
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    process = builder.start();
    in = process.inputReader(StandardCharsets.UTF_8);
    out = process.outputWriter(StandardCharsets.UTF_8);
  }

  /** The command that starts a contender, given the options of this JVM. */
  static List<String> command(Contender contender, List<String> options, String classPath) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String option : options) {
      if (!option.startsWith("-Dlanegrad.kernels=")
          && !option.startsWith("-Dlanegrad.threads=")
          && !option.startsWith("--add-modules")) {
        command.add(option);
      }
    }
    command.add("--add-modules=jdk.incubator.vector");
    command.add("-Dlanegrad.threads=" + contender.threads());
    command.addAll(contender.options());
    command.add("-cp");
    command.add(classPath);
    command.add(contender.mainClass());
    return command;
  }

  /** Tells it what it will have to time, and for how many seconds to warm up. */
  void announce(Collection<Task> tasks, double atLeast, double atMost) throws IOException {
    send(atLeast + " " + atMost);
    for (Task task : tasks) {
      send(task.key());
    }
    send("");
  }

  /** Waits until it is warm; who it is. */
  String awaitReady() throws IOException {
    return answer();
  }

  /** Nanoseconds a call over one slot. */
  double time(Task task) throws IOException {
    return ask(Worker.TIME, task);
  }

  /** The number that others should have as well, or NaN. */
  double check(Task task) throws IOException {
    return ask(Worker.CHECK, task);
  }

  /** Bytes that a call allocates. */
  double bytes(Task task) throws IOException {
    return ask(Worker.BYTES, task);
  }

  private double ask(String request, Task task) throws IOException {
    signal("-CONT");
    send(request + task.key());
    double number = Double.parseDouble(answer());
    signal("-STOP");
    return number;
  }

  private void signal(String signal) throws IOException {
    if (!stops) {
      return;
    }
    try {
      new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void send(String line) throws IOException {
    try {
      out.write(line);
      out.newLine();
      out.flush();
    } catch (IOException _) {
      throw ended(answers());
    }
  }

  private String answer() throws IOException {
    Deque<String> others = answers();
    String last = others.isEmpty() ? "" : others.getLast();
    if (last.startsWith(Worker.ANSWER)) {
      return last.substring(Worker.ANSWER.length());
    }
    throw ended(others);
  }

  /** The last lines up to an answer, or to the end of the process's output. */
  private Deque<String> answers() throws IOException {
    Deque<String> lines = new ArrayDeque<>();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      lines.add(line);
      if (line.startsWith(Worker.ANSWER)) {
        break;
      }
      if (lines.size() > LINES_OF_AN_ERROR) {
        lines.remove();
      }
    }
    return lines;
  }

  private IOException ended(Deque<String> lastLines) {
    return new IOException(
        "the process of %s ended:%n%s".formatted(name, String.join("\n", lastLines)));
  }

  @Override
  public void close() {
    try {
      signal("-CONT");
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
