package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import java.util.ArrayList;
import java.util.List;

/** The rows of the comparison of vector kernels with scalar ones. */
final class SimdTable {
  /** Fits the L1 cache. */
  static final int SMALL = 4_096;

  private static final int LARGE = 1_000_000;
  private static final int ROWS = 131_072;
  private static final int BATCH = 100;

  private SimdTable() {}

  /** What is timed, in the order of the table. */
  static List<OperationTask> tasks() {
    List<OperationTask> tasks = new ArrayList<>();
    for (Operation operation :
        List.of(
            Operation.ADD,
            Operation.MUL,
            Operation.RELU,
            Operation.EXP,
            Operation.TANH,
            Operation.SIGMOID,
            Operation.GELU,
            Operation.LOG,
            Operation.SIN,
            Operation.SUM,
            Operation.MAX)) {
      tasks.add(new OperationTask(operation, DType.FLOAT32, SMALL));
      tasks.add(new OperationTask(operation, DType.FLOAT32, LARGE));
    }
    for (Operation operation :
        List.of(Operation.ADD, Operation.EXP, Operation.TANH, Operation.SUM)) {
      tasks.add(new OperationTask(operation, DType.FLOAT64, SMALL));
    }
    tasks.add(new OperationTask(Operation.SOFTMAX, DType.FLOAT32, ROWS));
    for (int n : new int[] {64, 256, 512}) {
      tasks.add(new OperationTask(Operation.MATMUL, DType.FLOAT32, n));
    }
    tasks.add(new OperationTask(Operation.MATMUL, DType.FLOAT64, 256));
    tasks.add(new OperationTask(Operation.MLP_GRADIENT, DType.FLOAT32, BATCH));
    tasks.add(new OperationTask(Operation.MLP_STEP, DType.FLOAT32, BATCH));
    return tasks;
  }

  /** A row: scalar, scalar without the JIT's vectors, vector, and the ceiling if there is one. */
  static Row row(OperationTask task) {
    List<Probe> probes = new ArrayList<>();
    probes.add(new Probe(Contender.UNVECTORIZED, task));
    probes.add(new Probe(Contender.SCALAR, task));
    probes.add(new Probe(Contender.VECTOR, task));
    OperationTask reference = task.reference();
    if (reference != null) {
      probes.add(new Probe(Contender.VECTOR, reference));
    }
    return new Row(probes, List.of());
  }

  /** What the table says of the times of a row. */
  static Figures figures(OperationTask task, Samples samples) {
    Samples.Spread speedup = samples.ratio(t -> t[1] / t[2]);
    OperationTask reference = task.reference();
    double times = reference == null ? Double.NaN : task.work() / reference.work();
    return new Figures(
        task,
        samples.median(1),
        samples.median(2),
        speedup,
        samples.median(t -> t[0] / t[1]),
        reference == null ? Double.NaN : samples.median(t -> times * t[3] / t[2]),
        reference == null ? Double.NaN : reference.work() / samples.median(3));
  }

  /** In one line, as {@code --only} looks at it. */
  static String title(OperationTask task) {
    return "%s %s %s, vector against scalar"
        .formatted(task.operation(), task.dtype(), task.shape());
  }
}
