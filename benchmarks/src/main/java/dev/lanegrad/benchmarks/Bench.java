package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.KernelInfo;
import dev.lanegrad.autodiff.LanegradException;
import dev.lanegrad.plots.Picture;
import dev.lanegrad.training.PinnedArrays;
import dev.lanegrad.training.files.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code ./run bench}: what is compared runs in processes of their own that time their slots in
 * turn, so that what else the machine does meets all alike. Exit codes: 0, 1 for a failure, 2 for
 * an option that does not exist or a choice of no row.
 */
public final class Bench {
  private final Options options;
  private final @Nullable Checkout other;
  private final List<Figures> figures = new ArrayList<>();
  private final List<Comparison> comparisons = new ArrayList<>();
  private final List<Comparison> checkouts = new ArrayList<>();
  private final List<LayerCost> layers = new ArrayList<>();
  private final Map<Contender, String> descriptions = new TreeMap<>();

  private Bench(Options options) throws IOException {
    this.options = options;
    Path folder = options.against();
    this.other = folder == null ? null : Checkout.in(folder);
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
      return System.out.checkError() ? 1 : 0;
    }
    PinnedArrays.warnOnce();
    try {
      KernelInfo.kernels(); // refuses properties that do not fit, before they are given to others
      int code =
          options.start()
              ? new StartTable(options).run()
              : options.tiles() ? new TileTable(options).run() : new Bench(options).measure();
      if (System.out.checkError()) {
        throw new IOException("the output cannot be written: the disk is full or a pipe closed");
      }
      return code;
    } catch (IOException | LanegradException e) {
      System.err.println("bench: " + e.getMessage());
      return 1;
    }
  }

  private int measure() throws IOException {
    checkWritable(options.json());
    Path plot = options.plot();
    if (plot != null) {
      Picture.check(plot);
    }
    List<Task> tasks = SimdTable.tasks();
    List<Row> kernels = joined(tasks.stream().map(SimdTable::row).toList());
    List<Row> loops = options.loops() ? joined(LoopTable.rows()) : List.of();
    List<Row> steps = other == null ? List.of() : StepTable.rows(other);
    List<Row> layerRows = options.layers() ? joined(LayerTable.rows()) : List.of();
    List<Contender> python = options.python() ? Python.libraries() : List.of();
    List<Row> peers = joined(options.peers() ? PeerTable.rows(python) : PeerTable.steps(python));
    List<String> titles =
        titles(tasks, Stream.of(kernels, steps, loops, layerRows, peers).flatMap(List::stream));
    if (titles.stream().noneMatch(options::wants)) {
      System.err.println("bench: --only leaves no row of these (other options bring more):");
      titles.forEach(System.err::println);
      return 2;
    }
    compareKernels(tasks, kernels);
    compare("steps", chosen(steps), options.launches());
    compare("loops", chosen(loops), options.launches());
    compareLayers(chosen(layerRows));
    compare("peers", chosen(peers), options.launches());
    report();
    return 0;
  }

  private List<Row> joined(List<Row> rows) {
    return other == null ? rows : other.joining(rows);
  }

  private static List<String> titles(List<Task> kernels, Stream<Row> others) {
    return Stream.concat(
            kernels.stream().map(SimdTable::title),
            others.flatMap(row -> row.lines().stream().map(Line::title)))
        .toList();
  }

  private List<Row> chosen(List<Row> rows) {
    return rows.stream()
        .map(row -> row.only(options::wants))
        .filter(row -> !row.lines().isEmpty())
        .toList();
  }

  /** Scalar kernels take part where their line is wanted, not for another checkout's alone. */
  private void compareKernels(List<Task> tasks, List<Row> rows) throws IOException {
    Map<Task, Row> wanted = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      boolean whole = options.wants(SimdTable.title(tasks.get(i)));
      Row row = whole ? rows.get(i) : rows.get(i).only(options::wants);
      if (!row.probes().isEmpty()) {
        wanted.put(tasks.get(i), row);
      }
    }
    Session session =
        measured("vector against scalar", List.copyOf(wanted.values()), options.launches());
    wanted.forEach(
        (task, row) -> {
          if (options.wants(SimdTable.title(task))) {
            figures.add(SimdTable.figures(task, session.samples(row)));
          }
        });
    checkouts.addAll(session.comparisons());
  }

  private void compareLayers(List<Row> rows) throws IOException {
    Session session = measured("layers", rows, options.launches());
    for (Row row : rows) {
      if (LayerTable.isComplete(row)) {
        layers.add(LayerTable.cost(row, session.samples(row)));
      }
    }
    session.comparisons().stream().filter(this::isWithCheckout).forEach(checkouts::add);
  }

  private void compare(String name, List<Row> rows, int launches) throws IOException {
    for (Comparison comparison : measured(name, rows, launches).comparisons()) {
      (isWithCheckout(comparison) ? checkouts : comparisons).add(comparison);
    }
  }

  private boolean isWithCheckout(Comparison comparison) {
    return other != null && other.isIn(comparison);
  }

  private Session measured(String name, List<Row> rows, int launches) throws IOException {
    Session session = new Session(rows, options, other);
    if (!rows.isEmpty()) {
      session.measure(name, launches);
      descriptions.putAll(session.descriptions());
    }
    return session;
  }

  private void report() throws IOException {
    Machine machine = Machine.here(descriptions);
    System.out.println(machine);
    if (!figures.isEmpty()) {
      System.out.printf("%n%s", Report.kernels(figures));
    }
    if (!layers.isEmpty()) {
      System.out.printf("%n%s", Report.layers(layers));
    }
    if (!comparisons.isEmpty()) {
      System.out.printf("%n%s", Report.comparisons(comparisons));
    }
    CheckoutSummary summary =
        other == null ? null : CheckoutSummary.of(other.toString(), checkouts);
    if (summary != null) {
      System.out.printf("%n%s", Report.checkouts(summary));
    }
    Path json = options.json();
    if (json != null) {
      String text = Json.of(machine, figures, layers, comparisons, summary);
      AtomicFile.write(json, text.getBytes(StandardCharsets.UTF_8));
    }
    Path plot = options.plot();
    if (plot != null) {
      List<Comparison> all = new ArrayList<>(comparisons);
      all.addAll(checkouts);
      Plot.save(plot, figures, all);
    }
  }

  /** Fails now rather than after minutes. */
  private static void checkWritable(@Nullable Path file) {
    if (file != null) {
      AtomicFile.check(file);
    }
  }
}
