package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.products.ProductTable;
import dev.lanegrad.benchmarks.ProductTask.Transposed;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code ./run bench --tiles}: how the entries of the table of products were found. Each entry in
 * turn gets other values, and a process with that row of the table is timed beside one with the
 * machine's, slot by slot, on products of many shapes.
 */
final class TileTable {
  private static final String PROPERTY = "-Dlanegrad.tiles=";

  private static final List<Task> TASKS =
      List.of(
          product(Transposed.NN, DType.FLOAT32, 16, 16, 16),
          product(Transposed.NN, DType.FLOAT32, 64, 64, 64),
          product(Transposed.NN, DType.FLOAT32, 100, 256, 256),
          product(Transposed.NN, DType.FLOAT32, 64, 784, 256),
          product(Transposed.NN, DType.FLOAT32, 256, 256, 256),
          product(Transposed.NN, DType.FLOAT32, 512, 512, 512),
          product(Transposed.NN, DType.FLOAT32, 1_024, 1_024, 1_024),
          product(Transposed.TN, DType.FLOAT32, 40, 100, 100),
          product(Transposed.TN, DType.FLOAT32, 256, 64, 784),
          product(Transposed.TN, DType.FLOAT32, 256, 256, 256),
          product(Transposed.NT, DType.FLOAT32, 64, 784, 256),
          product(Transposed.NN, DType.FLOAT32, 1, 512, 512),
          product(Transposed.NN, DType.FLOAT32, 1, 1_024, 1_024),
          product(Transposed.NN, DType.FLOAT64, 64, 64, 64),
          product(Transposed.NN, DType.FLOAT64, 256, 256, 256));

  private final Options options;
  private final int[] table = ProductTable.numbers();

  TileTable(Options options) {
    this.options = options;
  }

  private static Task product(Transposed transposed, DType dtype, int m, int k, int n) {
    return ProductTask.of(transposed, dtype, m, k, n);
  }

  /** A row that differs from the table's in one entry. */
  private record Candidate(String entry, int value, int[] row) {
    String title() {
      return String.format(Locale.ROOT, "%s = %d", entry, value);
    }
  }

  /** Measures and prints; the exit code. */
  int run() throws IOException {
    List<Candidate> candidates = candidates();
    List<Candidate> wanted = candidates.stream().filter(c -> options.wants(c.title())).toList();
    if (wanted.isEmpty()) {
      System.err.println("bench: --only leaves no entry of these:");
      candidates.forEach(candidate -> System.err.println(candidate.title()));
      return 2;
    }
    System.out.println(Machine.here());
    System.out.printf("%nThe table of products has here: %s%n%n", described(table));
    System.out.println(
        "Ratio: the table's time over that with the other value; above 1 the other is faster.\n");
    System.out.println("| entry | other value | mean ratio | lowest | highest |");
    System.out.println("|---|--:|--:|---|---|");
    for (Candidate candidate : wanted) {
      System.err.println("bench: " + candidate.title());
      System.out.println(line(candidate));
    }
    return 0;
  }

  private static String described(int... row) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < row.length; i++) {
      parts.add(ProductTable.ENTRIES.get(i) + " " + row[i]);
    }
    return String.join(", ", parts);
  }

  private List<Candidate> candidates() {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < table.length; i++) {
      for (int value : others(ProductTable.ENTRIES.get(i), table[i])) {
        int[] row = table.clone();
        row[i] = value;
        if (ProductTable.ENTRIES.get(i).equals("rows")) {
          row[i + 1] = Math.max(1, value - (table[0] - table[1])); // the lowest goes with it
        }
        candidates.add(new Candidate(ProductTable.ENTRIES.get(i), value, row));
      }
    }
    return candidates;
  }

  private static Set<Integer> others(String entry, int value) {
    Set<Integer> others =
        new LinkedHashSet<>(
            switch (entry) {
              case "rows" -> List.of(4, 6, 8, 12);
              case "lowest" -> List.of(Math.max(1, value - 2), Math.max(1, value - 1));
              case "steps of floats", "steps of doubles" -> List.of(1, 2, 4);
              case "fence" -> List.of(0, 2, 3);
              case "fixed" -> List.of(0, 1);
              default -> List.of(value / 2, value * 2);
            });
    others.remove(value);
    return others;
  }

  private String line(Candidate candidate) throws IOException {
    double[][] ratios = new double[TASKS.size()][options.rounds()];
    String classPath = System.getProperty("java.class.path");
    try (WorkerProcess usual = start(table, classPath);
        WorkerProcess other = start(candidate.row, classPath)) {
      for (WorkerProcess process : List.of(usual, other)) {
        int count = TASKS.size();
        process.announce(TASKS, options.leastWarming(count), options.mostWarming(count));
      }
      usual.awaitReady();
      other.awaitReady();
      for (int round = 0; round < options.rounds(); round++) {
        for (int i = 0; i < TASKS.size(); i++) {
          ratios[i][round] = ratio(TASKS.get(i), usual, other, round % 2 == 0);
        }
      }
    }
    double[] medians = Arrays.stream(ratios).mapToDouble(Samples::median).toArray();
    double mean = Math.exp(Arrays.stream(medians).map(Math::log).average().orElseThrow());
    int lowest = 0;
    int highest = 0;
    for (int i = 1; i < medians.length; i++) {
      lowest = medians[i] < medians[lowest] ? i : lowest;
      highest = medians[i] > medians[highest] ? i : highest;
    }
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.3f | %s | %s |",
        candidate.entry,
        candidate.value,
        mean,
        at(medians, lowest),
        at(medians, highest));
  }

  private static double ratio(
      Task task, WorkerProcess usual, WorkerProcess other, boolean isUsualFirst)
      throws IOException {
    double first = (isUsualFirst ? usual : other).time(task);
    double second = (isUsualFirst ? other : usual).time(task);
    return isUsualFirst ? first / second : second / first;
  }

  private static String at(double[] medians, int i) {
    Task task = TASKS.get(i);
    return String.format(
        Locale.ROOT, "%.2f (%s %s %s)", medians[i], task.name(), task.dtype(), task.shape());
  }

  /** A process whose products go by this row of the table. */
  private static WorkerProcess start(int[] row, String classPath) throws IOException {
    List<String> own = new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
    own.removeIf(option -> option.startsWith(PROPERTY));
    own.add(
        PROPERTY + Arrays.stream(row).mapToObj(Integer::toString).collect(Collectors.joining(",")));
    Contender contender = Contender.LANEGRAD;
    return new WorkerProcess(
        "Lanegrad with other tiles",
        WorkerProcess.command(contender, own, classPath),
        contender.environment(),
        false);
  }
}
