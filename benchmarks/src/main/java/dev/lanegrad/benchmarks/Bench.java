package dev.lanegrad.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code ./run bench}: scalar against vector kernels in one table. Two JVMs, one of each kind, time
 * their slots in turn, so that what else the machine does meets both alike. Exit codes: 0, 1 for a
 * failure, 2 for an option that does not exist.
 */
public final class Bench {
  private final Options options;
  private final Map<Row, Samples> samples = new LinkedHashMap<>();
  private int lanes;

  private Bench(Options options) {
    this.options = options;
    Row.table().forEach(row -> samples.put(row, new Samples()));
  }

  public static void main(String... arguments) {
    System.exit(run(arguments));
  }

  /** Does it all; the exit code. */
  static int run(String... arguments) {
    Options options;
    try {
      options = Options.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.printf("bench: %s%n%n%s", e.getMessage(), Options.USAGE);
      return 2;
    }
    if (options.help()) {
      System.out.print(Options.USAGE);
      return 0;
    }
    try {
      new Bench(options).measure();
      return 0;
    } catch (IOException e) {
      System.err.println("bench: " + e.getMessage());
      return 1;
    }
  }

  private void measure() throws IOException {
    Path json = options.json();
    if (json != null) {
      write(json, ""); // fails now rather than after minutes
    }
    for (int launch = 1; launch <= options.launches(); launch++) {
      System.err.printf("bench: launch %d of %d, warming up%n", launch, options.launches());
      launch();
    }
    List<Figures> figures = new ArrayList<>();
    samples.forEach((row, times) -> figures.add(times.summarize(row)));
    Machine machine = Machine.here(lanes);
    System.out.println(machine);
    System.out.println();
    System.out.print(Report.markdown(figures));
    if (json != null) {
      write(json, Report.json(machine, figures));
    }
  }

  private static void write(Path file, String text) throws IOException {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new IOException("cannot write to " + file, e);
    }
  }

  private void launch() throws IOException {
    try (WorkerProcess scalar = new WorkerProcess("scalar");
        WorkerProcess vector = new WorkerProcess("vector")) {
      scalar.awaitReady();
      String[] ready = vector.awaitReady().split(" ", -1);
      lanes = Integer.parseInt(ready[1]);
      System.err.println("bench: measuring");
      samples.values().forEach(Samples::startLaunch);
      for (int round = 0; round < options.rounds(); round++) {
        for (Map.Entry<Row, Samples> entry : samples.entrySet()) {
          entry.getValue().add(round(entry.getKey(), scalar, vector, round % 2 == 0));
        }
      }
    }
  }

  private static Samples.Round round(
      Row row, WorkerProcess scalar, WorkerProcess vector, boolean scalarFirst)
      throws IOException {
    double before = scalarFirst ? scalar.time(row) : Double.NaN;
    double vectorNanos = vector.time(row);
    Row reference = row.reference();
    double referenceNanos = reference == null ? Double.NaN : vector.time(reference);
    return new Samples.Round(
        scalarFirst ? before : scalar.time(row), vectorNanos, referenceNanos);
  }
}
