package dev.lanegrad.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RowTest {
  @Test
  void everyRowSurvivesTheWayToAWorker() {
    List<Row> rows = Row.table();
    for (Row row : rows) {
      assertEquals(row, Row.of(row.key()));
    }
    assertEquals(rows.size(), new HashSet<>(rows).size());
  }

  @Test
  void everyRowRuns() {
    for (Row row : Row.table()) {
      int size = row.operation() == Operation.MATMUL ? 3 : 128;
      row.operation().prepare(row.dtype(), size).run();
    }
  }

  @Test
  void aRowIsMeasuredByWhatLimitsIt() {
    Row matmul = new Row(Operation.MATMUL, DType.FLOAT64, 10);
    Row add = new Row(Operation.ADD, DType.FLOAT32, 10);
    Row copy = Objects.requireNonNull(add.reference());
    Row peak = Objects.requireNonNull(matmul.reference());

    assertEquals(new Row(Operation.COPY, DType.FLOAT32, 10), copy);
    assertEquals(Operation.FMA_PEAK, peak.operation());
    assertEquals(2_000, matmul.work());
    assertEquals(120, add.work());
    assertEquals(80, copy.work());
    assertNull(new Row(Operation.EXP, DType.FLOAT32, 10).reference());
    peak.prepare().run();
    assertTrue(Double.isFinite(FmaPeak.result()));
  }

  @Test
  void aWorkerHasTheOptionsOfItsParent() {
    List<String> command =
        WorkerProcess.command("scalar", List.of("-Xmx1g", "-Dlanegrad.kernels=vector"));

    assertEquals("-Dlanegrad.threads=1", command.get(1));
    assertEquals("-Xmx1g", command.get(2));
    assertTrue(command.contains("-Dlanegrad.kernels=scalar"));
    assertTrue(!command.contains("-Dlanegrad.kernels=vector"));
  }
}
