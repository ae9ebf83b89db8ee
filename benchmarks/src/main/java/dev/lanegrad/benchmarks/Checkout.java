package dev.lanegrad.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Another checkout of this project, whose library takes part. It is driven by the benchmarks of
 * this one: both sides do the same, also where the other's benchmarks are older.
 */
final class Checkout {
  /** What {@code ./run bench} builds there as it does here. */
  private static final Path JAR = Path.of("benchmarks", "target", "benchmarks.jar");

  private final Path folder;
  private final Set<String> titles = new HashSet<>();

  private Checkout(Path folder) {
    this.folder = folder;
  }

  /**
   * The one in a folder.
   *
   * @throws IOException if there is none, or it has not been built
   */
  static Checkout in(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException("--against: there is no folder " + folder);
    }
    if (!Files.isRegularFile(folder.resolve("benchmarks").resolve("pom.xml"))) {
      throw new IOException("--against: %s is no checkout of this project".formatted(folder));
    }
    if (!Files.isRegularFile(folder.resolve(JAR))) {
      throw new IOException(
          "--against: %s has not been built; ./run bench --against does that".formatted(folder));
    }
    return new Checkout(folder);
  }

  /** The benchmarks of this checkout, then the other's library and what both need. */
  String classPath() {
    Path own = Path.of(System.getProperty("java.class.path").split(separator(), 2)[0]);
    Path classes = Files.isDirectory(own) ? own : own.resolveSibling("classes");
    return classes + separator() + folder.resolve(JAR);
  }

  private static String separator() {
    return System.getProperty("path.separator");
  }

  /** A row of something that is compared with the other checkout alone. */
  Row row(String name, Probe probe) {
    int threads = probe.contender().threads();
    Line line = Line.of(name, probe.task(), threads, 0, toString(), 1);
    titles.add(line.title());
    return new Row(
        List.of(probe, new Probe(probe.contender().twin(), probe.task())), List.of(line));
  }

  /** Rows with the other checkout as one more contestant, each of its tasks once. */
  List<Row> joining(List<Row> rows) {
    return rows.stream().map(this::joining).toList();
  }

  /** A row and, behind its probes, those of what the other checkout does as well. */
  Row joining(Row row) {
    List<Probe> probes = new ArrayList<>(row.probes());
    List<Line> lines = new ArrayList<>(row.lines());
    for (Line own : linesOf(row)) {
      int number = own.ours().getFirst();
      Probe probe = row.probes().get(number);
      int threads = probe.contender().threads();
      Line line = Line.of(own.name(), probe.task(), threads, number, toString(), probes.size());
      if (probe.contender().hasTwin()
          && !(probe.task() instanceof PeakTask)
          && !(probe.task() instanceof MemoryTask)
          && titles.add(line.title())) {
        probes.add(new Probe(probe.contender().twin(), probe.task()));
        lines.add(line);
      }
    }
    return new Row(probes, lines);
  }

  /** About one probe each; those of a row of kernels, which has no lines, are about its vectors. */
  private static List<Line> linesOf(Row row) {
    if (!row.lines().isEmpty()) {
      return row.lines().stream().filter(line -> line.ours().size() == 1).toList();
    }
    List<Line> lines = new ArrayList<>();
    for (int number = 0; number < row.probes().size(); number++) {
      Probe probe = row.probes().get(number);
      if (probe.contender().hasTwin() && probe.task().equals(row.probes().getFirst().task())) {
        lines.add(Line.of(probe.task(), probe.contender().threads(), number, "", number));
      }
    }
    return lines;
  }

  /** Whether a comparison is with the other checkout. */
  boolean isIn(Comparison comparison) {
    return comparison.line().against().equals(toString());
  }

  /** The folder as it was given. */
  @Override
  public String toString() {
    return folder.toString();
  }
}
