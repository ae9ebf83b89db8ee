package dev.lanegrad.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowTest {
  private static List<Row> comparisons() {
    List<Row> rows = new ArrayList<>(LoopTable.rows());
    rows.addAll(LayerTable.rows());
    rows.addAll(PeerTable.rows(List.of(Contender.TORCH)));
    return rows;
  }

  @Test
  void everyLineIsAboutProbesOfItsRow() {
    for (Row row : comparisons()) {
      for (Line line : row.lines()) {
        Task own = row.probes().get(line.ours().getFirst()).task();
        assertEquals(own.dtype(), line.dtype(), line.title());
        assertEquals(own.shape(), line.shape(), line.title());
        assertTrue(line.others().stream().allMatch(i -> i < row.probes().size()), line.title());
        assertTrue(line.ours().stream().noneMatch(line.others()::contains), line.title());
      }
    }
  }

  @Test
  void titlesTellLinesApart() {
    List<String> titles =
        new ArrayList<>(
            comparisons().stream().flatMap(r -> r.lines().stream()).map(Line::title).toList());
    SimdTable.tasks().forEach(task -> titles.add(SimdTable.title(task)));
    assertEquals(titles.size(), new HashSet<>(titles).size());
  }

  @Test
  void aChosenLineKeepsItsProbesOnly() {
    List<Probe> probes = new ArrayList<>();
    for (int n = 1; n <= 4; n++) {
      probes.add(new Probe(Contender.VECTOR, new OperationTask(Operation.EXP, DType.FLOAT32, n)));
    }
    Row row =
        new Row(
            probes,
            List.of(
                Line.of(probes.get(0).task(), 1, 0, "first", 1),
                Line.of(probes.get(3).task(), 1, 3, "second", 1)));

    Row chosen = row.only(title -> title.endsWith("second"));

    assertEquals(List.of(probes.get(1), probes.get(3)), chosen.probes());
    assertEquals(1, chosen.lines().size());
    assertEquals(row.lines().getLast().ratio(9, 8, 9, 2), chosen.lines().getFirst().ratio(8, 2));
    assertTrue(row.only(_ -> false).probes().isEmpty());
  }

  @Test
  void thirtyFormulasAreCompared() {
    assertEquals(30, HotFormulas.names().size());
  }

  @Test
  void peersAreMeasuredOnBothThreadCounts() {
    for (Row row : PeerTable.rows(List.of(Contender.TORCH))) {
      List<Integer> threads = row.lines().stream().map(Line::threads).distinct().sorted().toList();
      Task task = row.probes().getFirst().task();
      boolean isAlone = row.probes().stream().noneMatch(p -> p.contender().threads() == 2);
      boolean isGain = row.lines().getFirst().name().endsWith("gain");
      assertEquals(isAlone ? List.of(1) : isGain ? List.of(2) : List.of(1, 2), threads);
      if (isAlone) {
        boolean mayBeAlone =
            task instanceof DataTask || task instanceof ProductTask || task instanceof WindowTask;
        assertTrue(mayBeAlone, task.key());
      }
    }
  }

  @Test
  void productsNearThePeersHaveTargets() {
    for (String title :
        List.of(
            "matmul TN float64 1024 x 1024, threads 2, against MKL",
            "matmul NN float32 32 x 144 x 12544, threads 1, against MKL",
            "matmul NN float32 32 x 32, threads 1, against OpenBLAS",
            "matmul NN, kernel float64 4 x 4, threads 1, against OpenBLAS",
            "matmul NT float32 1 x 1024 x 1024, threads 2, against MKL")) {
      assertTrue(
          PeerTable.rows(List.of()).stream()
              .flatMap(row -> row.lines().stream())
              .anyMatch(line -> line.title().equals(title) && !line.target().isNone()),
          title);
    }
  }
}
