package dev.lanegrad.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckoutTest {
  @TempDir private Path folder;

  private Checkout checkout() throws IOException {
    Files.createDirectories(folder.resolve("benchmarks").resolve("target"));
    Files.createFile(folder.resolve("benchmarks").resolve("pom.xml"));
    Files.createFile(folder.resolve("benchmarks").resolve("target").resolve("benchmarks.jar"));
    return Checkout.in(folder);
  }

  @Test
  void whatIsNoCheckoutIsRefused() throws IOException {
    assertEquals("--against: there is no folder no/such", message(Path.of("no", "such")));
    assertEquals("--against: " + folder + " is no checkout of this project", message(folder));
    Files.createDirectories(folder.resolve("benchmarks"));
    Files.createFile(folder.resolve("benchmarks").resolve("pom.xml"));
    assertTrue(message(folder).startsWith("--against: " + folder + " has not been built"));
  }

  private static String message(Path folder) {
    return assertThrows(IOException.class, () -> Checkout.in(folder)).getMessage();
  }

  @Test
  void theOthersLibraryComesBehindTheBenchmarksOfThisOne() throws IOException {
    String[] places = checkout().classPath().split(System.getProperty("path.separator"), -1);
    assertEquals(2, places.length);
    assertTrue(places[0].endsWith("classes") || Files.isDirectory(Path.of(places[0])));
    assertEquals(folder.resolve("benchmarks/target/benchmarks.jar"), Path.of(places[1]));
  }

  @Test
  void everyRowOfKernelsIsMeasuredThereInTheSameRounds() throws IOException {
    List<Row> rows = SimdTable.tasks().stream().map(SimdTable::row).toList();
    List<Row> joined = checkout().joining(rows);

    for (int i = 0; i < rows.size(); i++) {
      int probes = rows.get(i).probes().size();
      assertEquals(rows.get(i).probes(), joined.get(i).probes().subList(0, probes));
      assertEquals(
          List.of(new Probe(Contender.OTHER, SimdTable.tasks().get(i))),
          joined.get(i).probes().subList(probes, probes + 1));
      Line line = joined.get(i).lines().getLast();
      int vector = line.ours().getFirst();
      assertEquals(Contender.VECTOR, joined.get(i).probes().get(vector).contender());
      double[] nanos = new double[probes + 1];
      nanos[vector] = 2;
      nanos[probes] = 3;
      assertEquals(1.5, line.ratio(nanos));
    }
  }

  @Test
  void everyTaskOfOursIsComparedOnceOnEachNumberOfThreads() throws IOException {
    Checkout other = checkout();
    List<Row> rows =
        Stream.of(LoopTable.rows(), LayerTable.rows(), PeerTable.rows(List.of(Contender.TORCH)))
            .flatMap(List::stream)
            .toList();
    List<String> titles = new ArrayList<>();
    for (Row row : other.joining(rows)) {
      for (Line line : row.lines()) {
        if (line.against().equals(other.toString())) {
          Probe here = row.probes().get(line.ours().getFirst());
          Probe there = row.probes().get(line.others().getFirst());
          assertEquals(here.task(), there.task());
          assertEquals(here.contender().twin(), there.contender());
          assertFalse(here.task() instanceof PeakTask);
          titles.add(line.title());
        }
      }
    }
    assertEquals(titles.size(), new HashSet<>(titles).size());
    for (int threads : new int[] {1, 2}) {
      String product =
          String.format(
              Locale.ROOT, "matmul NN float32 512 x 512, threads %d, against %s", threads, folder);
      assertTrue(titles.contains(product), titles::toString);
    }
    assertTrue(
        titles.size() > LayerTable.rows().size() + PeerTable.rows(List.of(Contender.TORCH)).size());
  }

  @Test
  void theStepsOfTrainingAreComparedWithoutPeersToo() throws IOException {
    Checkout other = checkout();
    List<Row> rows = StepTable.rows(other);

    assertEquals(7, rows.size());
    for (int number = 1; number <= 7; number++) {
      Row row = rows.get(number - 1);
      TrainingTask step = StepTable.STEPS.get(number - 1);
      assertEquals(
          List.of(new Probe(Contender.VECTOR, step), new Probe(Contender.OTHER, step)),
          row.probes());
      Line line = row.lines().getFirst();
      assertTrue(Pattern.compile("step, row " + number).matcher(line.title()).find(), line::title);
      assertEquals(1.5, line.ratio(2, 3));
    }
    List<String> titles = titles(rows);
    titles.addAll(titles(other.joining(PeerTable.rows(List.of()))));
    assertEquals(titles.size(), new HashSet<>(titles).size(), "none is compared twice");
  }

  private static List<String> titles(List<Row> rows) {
    return new ArrayList<>(
        rows.stream().flatMap(row -> row.lines().stream()).map(Line::title).toList());
  }

  @Test
  void onlyWhatTheLibraryDoesHasATwin() {
    for (Contender contender : Contender.values()) {
      if (contender.hasTwin()) {
        assertTrue(contender.twin().isTwin());
        assertEquals(contender.threads(), contender.twin().threads());
        assertEquals(contender.options(), contender.twin().options());
        assertEquals(contender.mainClass(), contender.twin().mainClass());
      } else {
        assertThrows(IllegalStateException.class, contender::twin);
      }
    }
  }

  @Test
  void theGeometricMeanIsThatOfAllRatios() {
    List<Comparison> comparisons = new ArrayList<>();
    for (double ratio : new double[] {0.5, 2, 8, Double.NaN}) {
      Line line = Line.of(new PeakTask(DType.FLOAT32), 1, 0, "there", 1);
      Samples.Spread spread = new Samples.Spread(ratio, ratio, ratio);
      comparisons.add(new Comparison(line, 1, ratio, spread, Double.NaN));
    }
    CheckoutSummary summary = CheckoutSummary.of("there", comparisons);

    assertEquals(2, summary.geometricMean(), 1e-12);
    assertEquals(1, summary.impossible().size());
    assertTrue(Double.isNaN(CheckoutSummary.of("there", List.of()).geometricMean()));
  }
}
