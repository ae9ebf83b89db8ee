package dev.lanegrad.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.benchmarks.ProductTask.Transposed;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TaskTest {
  private static List<Task> tasks() {
    List<Task> tasks = new ArrayList<>(SimdTable.tasks());
    Stream.of(LoopTable.rows(), LayerTable.rows(), PeerTable.rows(List.of(Contender.TORCH)))
        .flatMap(List::stream)
        .flatMap(row -> row.probes().stream())
        .forEach(probe -> tasks.add(probe.task()));
    return tasks;
  }

  @Test
  void everyTaskSurvivesTheWayToAWorker() {
    for (Task task : tasks()) {
      assertEquals(task, Task.of(task.key()));
    }
    assertThrows(IllegalArgumentException.class, () -> Task.of("nonsense 3"));
  }

  @Test
  void everyOperationRuns() {
    for (Operation operation : Operation.values()) {
      int size = operation == Operation.MATMUL ? 3 : 128;
      new OperationTask(operation, DType.FLOAT32, size).prepare().run().run();
    }
    assertTrue(Double.isFinite(FmaPeak.result()));
  }

  @Test
  void anOperationIsMeasuredByWhatLimitsIt() {
    OperationTask matmul = new OperationTask(Operation.MATMUL, DType.FLOAT64, 10);
    OperationTask add = new OperationTask(Operation.ADD, DType.FLOAT32, 10);
    OperationTask copy = Objects.requireNonNull(add.reference());
    OperationTask peak = Objects.requireNonNull(matmul.reference());

    assertEquals(new OperationTask(Operation.COPY, DType.FLOAT32, 10), copy);
    assertEquals(Operation.FMA_PEAK, peak.operation());
    assertEquals(2_000, matmul.work());
    assertEquals(120, add.work());
    assertEquals(80, copy.work());
    assertNull(new OperationTask(Operation.EXP, DType.FLOAT32, 10).reference());
  }

  @Test
  void aProductIsTheSameByAnyRoute() {
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      for (Transposed transposed : Transposed.values()) {
        for (int[] n : new int[][] {{7, 5, 9}, {16, 16, 16}, {1, 6, 8}, {6, 8, 1}}) {
          ProductTask task = ProductTask.of(transposed, dtype, n[0], n[1], n[2]);
          double expected = mean(task);
          assertEquals(expected, task.prepare().check().getAsDouble(), 1e-5, task.key());
          assertEquals(expected, task.kernel().prepare().check().getAsDouble(), 1e-5, task.key());
          task.prepare().run().run();
        }
      }
    }
  }

  @Test
  void aStackOfProductsIsTheSameByAnyRoute() {
    for (Transposed transposed : Transposed.values()) {
      ProductTask task = new ProductTask(3, false, transposed, DType.FLOAT32, 4, 5, 6);
      double ofTensors = task.prepare().check().getAsDouble();
      assertEquals(ofTensors, task.kernel().prepare().check().getAsDouble(), 1e-5, task.key());
      assertEquals(5 * 0.75 * 0.75, ofTensors, 0.3, task.key());
      assertEquals("4 x 5 x 6, 3 of them", task.shape());
      assertEquals(task, Task.of(task.key()));
    }
  }

  /** Of the elements of a product, by its definition. */
  private static double mean(ProductTask task) {
    double[] a = task.left();
    double[] b = task.right();
    int rows = task.rows();
    int inner = task.inner();
    int columns = task.columns();
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        for (int k = 0; k < inner; k++) {
          double left = a[task.transposed() == Transposed.TN ? k * rows + i : i * inner + k];
          double right = b[task.transposed() == Transposed.NT ? j * inner + k : k * columns + j];
          sum += left * right;
        }
      }
    }
    return sum / (rows * columns);
  }

  @Test
  void stepsOfTrainingLowerTheLoss() {
    for (String network : List.of("8-12-4", "8x6x2-3c3p1-m2-5c3s2p1-4", "9x1-6c3-m2-4")) {
      TrainingTask task = TrainingTask.step(16, network);
      double loss = new TrainingStep(task, TrainingTask.TIMED_RATE).work().check().getAsDouble();

      assertTrue(loss < Math.log(4) + 0.2, network + ": loss " + loss);
      assertTrue(loss < new TrainingStep(task, TrainingTask.TIMED_RATE).loss().item(), network);
      assertEquals(
          loss,
          new TrainingStep(task, TrainingTask.TIMED_RATE).work().check().getAsDouble(),
          network);
      new TrainingProducts(task.products()).work().run().run();
    }
  }

  @Test
  void aFormulaAndTheLoopOfItsProgramGiveTheSameBits() {
    for (String name : HotFormulas.names()) {
      Work kernel = new FormulaTask(false, name, DType.FLOAT32, 64).prepare();
      Work written = new FormulaTask(true, name, DType.FLOAT32, 64).prepare();
      assertEquals(kernel.check().getAsDouble(), written.check().getAsDouble(), name);
    }
    Work kernel = new FormulaTask(false, "tanh", DType.FLOAT64, 64).prepare();
    Work written = new FormulaTask(true, "tanh", DType.FLOAT64, 64).prepare();
    assertEquals(kernel.check().getAsDouble(), written.check().getAsDouble());
  }

  @Test
  void loopsRun() {
    for (LoopTask.Kind kind : LoopTask.Kind.values()) {
      Operation function = kind == LoopTask.Kind.SVML ? Operation.SIGMOID : Operation.SUM;
      new LoopTask(kind, function, DType.FLOAT32, 64).prepare().run().run();
    }
    double sum = 0;
    for (double number :
        new LoopTask(LoopTask.Kind.PLAIN, Operation.SUM, DType.FLOAT32, 64).numbers()) {
      sum += number;
    }
    assertEquals(sum, PlainLoops.result(), 1e-4);
    LoopTask matmul = new LoopTask(LoopTask.Kind.PLAIN, Operation.MATMUL, DType.FLOAT32, 4);
    matmul.prepare().run().run();
  }

  /** Matrices and data of the largest rows are left out, which do the same as smaller ones. */
  @Test
  void whatMovesDataGivesNumbers() {
    for (DataCase data : DataTable.CASES) {
      boolean isLarge = data.name().endsWith("LARGE") || data.name().startsWith("SVD");
      if (!isLarge && data.isDetermined()) {
        assertGivesNumbers(data);
      }
    }
    MemoryTable.CASES.forEach(TaskTest::assertGivesNumbers);
  }

  private static void assertGivesNumbers(DataCase data) {
    DataTask task = new DataTask(data, DType.FLOAT32);
    double mean = ((DataTask) Task.of(task.key())).prepare().check().getAsDouble();
    assertTrue(Double.isFinite(mean) && mean != 0, data.name() + ": " + mean);
  }

  @Test
  void memoryIsReadAndCopiedByAllThreads() {
    for (MemoryTask.Loop loop : MemoryTask.Loop.values()) {
      MemoryTask memory = new MemoryTask(loop, DType.FLOAT64);
      assertEquals(memory, Task.of(memory.key()));
      Work shared = memory.prepare(2);
      shared.run().run();
      assertEquals(memory.prepare(1).calls(), shared.calls());
    }
  }

  @Test
  void thePeakIsSharedByThreads() {
    PeakTask peak = new PeakTask(DType.FLOAT32);
    Work shared = peak.prepare(2);
    shared.run().run();
    assertEquals(2, shared.calls());
    assertTrue(peak.operations() > 0);
  }
}
