package dev.lanegrad.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The start of {@code ./run mnist1d}, by what it prints and when. */
final class StartOfExample {
  static final String TITLE = "start of ./run mnist1d";

  private static final int STEPS = 6_000;

  /**
   * Seconds.
   *
   * @param line to the first line that is printed
   * @param first for the first 1,000 steps, from the start of the training
   * @param last for the last 1,000
   */
  private record Run(double line, double first, double last) {}

  private StartOfExample() {}

  static void print(Path root, int launches) throws IOException {
    List<Run> runs = new ArrayList<>();
    for (int launch = 1; launch <= launches; launch++) {
      System.err.printf(Locale.ROOT, "bench: %s, launch %d of %d%n", TITLE, launch, launches);
      runs.add(run(root));
    }
    System.out.println("| ./run mnist1d | |\n|---|--:|");
    row("first line after", median(runs, Run::line));
    row("first 1,000 steps", median(runs, Run::first));
    row("last 1,000 steps", median(runs, Run::last));
    row("first 1,000 less last 1,000", median(runs, run -> run.first - run.last));
    System.out.println();
  }

  private static void row(String what, double seconds) {
    System.out.println("| %s | %s |".formatted(what, StartFigures.seconds(seconds)));
  }

  private static Run run(Path root) throws IOException {
    String program = root.resolve("run").toString();
    List<String> command =
        List.of(program, "mnist1d", "--steps", Integer.toString(STEPS), "--no-progress");
    long begin = System.nanoTime();
    List<Double> firstLine = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    Commands.run(
        command,
        line -> {
          lines.add(line);
          if (firstLine.isEmpty() && line.startsWith("MNIST-1D")) {
            firstLine.add((System.nanoTime() - begin) / 1e9);
          }
        });
    double[] seconds =
        lines.stream()
            .filter(StartOfExample::isReport)
            .mapToDouble(StartOfExample::seconds)
            .toArray();
    if (firstLine.isEmpty() || seconds.length < 2) {
      throw new IOException("%s ended:%n%s".formatted(command, String.join("\n", lines)));
    }
    int last = seconds.length - 1;
    return new Run(firstLine.getFirst(), seconds[0], seconds[last] - seconds[last - 1]);
  }

  /** A row of the training's table: step, loss, accuracies, seconds. */
  private static boolean isReport(String line) {
    return line.strip().matches("\\d+ .*");
  }

  private static double seconds(String line) {
    String[] words = line.strip().split(" +", -1);
    return Double.parseDouble(words[words.length - 1]);
  }

  private static double median(List<Run> runs, ToDoubleFunction<Run> figure) {
    double[] sorted = runs.stream().mapToDouble(figure).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
