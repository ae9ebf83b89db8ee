package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of the comparison of vector kernels with scalar ones. */
final class SimdTable {
  /** Fits the L1 cache. */
  static final int SMALL = 4_096;

  private static final int LARGE = 1_000_000;
  private static final int ROWS = 131_072;
  private static final int BATCH = 100;

  /** Few, because scalar kernels take their time. */
  private static final int IMAGES = 8;

  private SimdTable() {}

  private static final List<Operation> ELEMENTWISE =
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
          Operation.MAX);

  /** Of these the kernel is timed alone as well. */
  private static final List<Operation> KERNELS =
      List.of(
          Operation.EXP,
          Operation.TANH,
          Operation.SIGMOID,
          Operation.GELU,
          Operation.SUM,
          Operation.MAX);

  /** What is timed, in the order of the table. */
  static List<Task> tasks() {
    List<Task> tasks = new ArrayList<>();
    for (Operation operation : ELEMENTWISE) {
      if (KERNELS.contains(operation)) {
        tasks.add(new LoopTask(LoopTask.Kind.KERNEL, operation, DType.FLOAT32, SMALL));
      }
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
    for (String network : List.of("28x28x1-8c5p2", "32x32x16-32c3p1")) {
      tasks.add(window(WindowTask.Pass.FORWARD, network));
      tasks.add(window(WindowTask.Pass.GRADIENTS, network));
    }
    tasks.add(window(WindowTask.Pass.FORWARD, "28x28x8-m2"));
    tasks.add(new OperationTask(Operation.MLP_GRADIENT, DType.FLOAT32, BATCH));
    tasks.add(new OperationTask(Operation.MLP_STEP, DType.FLOAT32, BATCH));
    return tasks;
  }

  private static WindowTask window(WindowTask.Pass pass, String network) {
    return new WindowTask(pass, DType.FLOAT32, IMAGES, new Network(network));
  }

  /** A row: scalar, scalar without the JIT's vectors, vector, and the ceiling if there is one. */
  static Row row(Task task) {
    List<Probe> probes = new ArrayList<>();
    probes.add(new Probe(Contender.UNVECTORIZED, task));
    probes.add(new Probe(Contender.SCALAR, task));
    probes.add(new Probe(Contender.VECTOR, task));
    OperationTask reference = reference(task);
    if (reference != null) {
      probes.add(new Probe(Contender.VECTOR, reference));
    }
    return new Row(probes, List.of());
  }

  private static @Nullable OperationTask reference(Task task) {
    return task instanceof OperationTask operation ? operation.reference() : null;
  }

  /** What the table says of the times of a row. */
  static Figures figures(Task task, Samples samples) {
    return new Figures(
        task,
        samples.nanos(1),
        samples.nanos(2),
        samples.ratio(t -> t[1] / t[2]),
        samples.median(t -> t[0] / t[1]),
        share(task, samples));
  }

  private static Figures.@Nullable Share share(Task task, Samples samples) {
    OperationTask reference = reference(task);
    if (reference == null) {
      return null;
    }
    OperationTask operation = (OperationTask) task;
    double times = operation.work() / reference.work();
    return new Figures.Share(
        samples.median(t -> times * t[3] / t[2]),
        reference.work() / samples.nanos(3),
        operation.operation().ceiling());
  }

  /** In one line, as {@code --only} looks at it. */
  static String title(Task task) {
    return "%s %s %s, vector against scalar".formatted(task.name(), task.dtype(), task.shape());
  }
}
