package dev.lanegrad.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Times rows: starts the processes they need, and goes through all rows round by round. */
final class Session {
  /** How far numbers may differ that contestants compute on their own ways. */
  private static final double TOLERANCE = 2e-3;

  private final List<Row> rows;
  private final Options options;
  private final @Nullable Checkout other;
  private final Map<Row, Samples> samples = new LinkedHashMap<>();
  private final Map<Row, Double> bytes = new HashMap<>();
  private final Map<Contender, String> descriptions = new EnumMap<>(Contender.class);

  /**
   * Nothing is timed yet.
   *
   * @param other the checkout that takes part, or null for none
   */
  Session(List<Row> rows, Options options, @Nullable Checkout other) {
    this.rows = rows;
    this.options = options;
    this.other = other;
    rows.forEach(row -> samples.put(row, new Samples()));
  }

  /** The times of a row. */
  Samples samples(Row row) {
    return Objects.requireNonNull(samples.get(row));
  }

  /** What a call of the first probe of a row allocates, if that is a step of training, or NaN. */
  double bytes(Row row) {
    return bytes.getOrDefault(row, Double.NaN);
  }

  /** Who they are that were timed. */
  Map<Contender, String> descriptions() {
    return descriptions;
  }

  /**
   * Does it all.
   *
   * @param name for messages
   * @param launches how often all processes are started anew
   */
  void measure(String name, int launches) throws IOException {
    for (int launch = 1; launch <= launches; launch++) {
      System.err.printf("bench: %s, launch %d of %d, warming up%n", name, launch, launches);
      Map<Contender, WorkerProcess> processes = new EnumMap<>(Contender.class);
      try {
        start(processes);
        if (launch == 1) {
          check(processes);
        }
        System.err.println("bench: measuring");
        rounds(processes);
        if (launch == 1) {
          askForAllocations(processes);
        }
      } finally {
        processes.values().forEach(WorkerProcess::close);
      }
    }
  }

  /** Those of this project warm up together, peers one by one: their pools would fight. */
  private void start(Map<Contender, WorkerProcess> processes) throws IOException {
    Map<Contender, Set<Task>> tasks = new EnumMap<>(Contender.class);
    for (Row row : rows) {
      for (Probe probe : row.probes()) {
        tasks.computeIfAbsent(probe.contender(), _ -> new LinkedHashSet<>()).add(probe.task());
      }
    }
    List<Contender> own = tasks.keySet().stream().filter(c -> !c.isPeer()).toList();
    double crowd = Math.max(1, own.size() / (double) Runtime.getRuntime().availableProcessors());
    for (Contender contender : own) {
      begin(contender, crowd, tasks, processes);
    }
    for (Contender contender : own) {
      awaitReady(contender, processes);
    }
    for (Contender contender : tasks.keySet()) {
      if (contender.isPeer()) { // nothing is compiled but what calls the library
        begin(contender, 0.2, tasks, processes);
        awaitReady(contender, processes);
      }
    }
  }

  /**
   * Starts a process.
   *
   * @param share how many times as long as usual it warms up
   */
  private void begin(
      Contender contender,
      double share,
      Map<Contender, Set<Task>> tasks,
      Map<Contender, WorkerProcess> processes)
      throws IOException {
    WorkerProcess process = WorkerProcess.start(contender, classPath(contender));
    processes.put(contender, process);
    Set<Task> own = Objects.requireNonNull(tasks.get(contender));
    process.announce(
        own, share * options.leastWarming(own.size()), share * options.mostWarming(own.size()));
  }

  private String classPath(Contender contender) {
    return contender.isTwin()
        ? Objects.requireNonNull(other).classPath()
        : System.getProperty("java.class.path");
  }

  private void awaitReady(Contender contender, Map<Contender, WorkerProcess> processes)
      throws IOException {
    descriptions.put(contender, of(processes, contender).awaitReady());
  }

  private static WorkerProcess of(Map<Contender, WorkerProcess> processes, Contender contender) {
    return Objects.requireNonNull(processes.get(contender));
  }

  /** All who do a task must come to the same number. */
  private void check(Map<Contender, WorkerProcess> processes) throws IOException {
    for (Row row : rows) {
      double expected = Double.NaN;
      for (Probe probe : row.probes()) {
        double number = of(processes, probe.contender()).check(probe.task());
        if (Double.isNaN(expected)) {
          expected = number;
        } else if (Math.abs(number - expected) > TOLERANCE * Math.abs(expected)) {
          throw new IOException(
              "%s computes %s in %s where %s was expected"
                  .formatted(probe.contender(), number, probe.task().key(), expected));
        }
      }
    }
  }

  private void rounds(Map<Contender, WorkerProcess> processes) throws IOException {
    samples.values().forEach(Samples::startLaunch);
    for (int round = 0; round < options.rounds(); round++) {
      for (Row row : rows) {
        samples(row).add(round(row, processes, round % 2 == 0));
      }
    }
  }

  private static double[] round(Row row, Map<Contender, WorkerProcess> processes, boolean isForward)
      throws IOException {
    int count = row.probes().size();
    double[] nanos = new double[count];
    for (int i = 0; i < count; i++) {
      int index = isForward ? i : count - 1 - i;
      Probe probe = row.probes().get(index);
      nanos[index] = of(processes, probe.contender()).time(probe.task());
    }
    return nanos;
  }

  private void askForAllocations(Map<Contender, WorkerProcess> processes) throws IOException {
    for (Row row : rows) {
      Probe first = row.probes().getFirst();
      if (first.task() instanceof TrainingTask && !first.contender().isPeer()) {
        bytes.put(row, of(processes, first.contender()).bytes(first.task()));
      }
    }
  }

  /** What the lines of all rows say. */
  List<Comparison> comparisons() {
    List<Comparison> comparisons = new ArrayList<>();
    for (Row row : rows) {
      for (Line line : row.lines()) {
        boolean isFirst = line.ours().getFirst() == 0;
        double allocated = isFirst ? bytes(row) : Double.NaN;
        comparisons.add(Comparison.of(line, samples(row), allocated));
      }
    }
    return comparisons;
  }
}
