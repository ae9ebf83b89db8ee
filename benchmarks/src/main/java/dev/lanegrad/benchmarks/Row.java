package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table.
 *
 * @param operation what is timed
 * @param dtype of its data
 * @param size elements, rows of a square matrix, or examples in a batch
 */
record Row(Operation operation, DType dtype, int size) {
  /** Fits the L1 cache. */
  private static final int SMALL = 4_096;

  private static final int LARGE = 1_000_000;
  private static final int ROWS = 131_072;
  private static final int BATCH = 100;

  /** The rows of the table, in its order. */
  static List<Row> table() {
    List<Row> rows = new ArrayList<>();
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
      rows.add(new Row(operation, DType.FLOAT32, SMALL));
      rows.add(new Row(operation, DType.FLOAT32, LARGE));
    }
    for (Operation operation :
        List.of(Operation.ADD, Operation.EXP, Operation.TANH, Operation.SUM)) {
      rows.add(new Row(operation, DType.FLOAT64, SMALL));
    }
    rows.add(new Row(Operation.SOFTMAX, DType.FLOAT32, ROWS));
    for (int n : new int[] {64, 256, 512}) {
      rows.add(new Row(Operation.MATMUL, DType.FLOAT32, n));
    }
    rows.add(new Row(Operation.MATMUL, DType.FLOAT64, 256));
    rows.add(new Row(Operation.MLP_GRADIENT, DType.FLOAT32, BATCH));
    rows.add(new Row(Operation.MLP_STEP, DType.FLOAT32, BATCH));
    return rows;
  }

  /** What this row is measured by, if anything compares. */
  @Nullable Row reference() {
    return switch (operation.ceiling()) {
      case FMA -> new Row(Operation.FMA_PEAK, dtype, 1);
      case COPY -> new Row(Operation.COPY, dtype, size);
      case NONE -> null;
    };
  }

  Runnable prepare() {
    return operation.prepare(dtype, size);
  }

  double work() {
    return operation.work(dtype, size);
  }

  String shape() {
    return operation.shape(size);
  }

  /** The row as a request to a {@link Worker}. */
  String key() {
    return operation.name() + " " + dtype.name() + " " + size;
  }

  /** The row that {@link #key} came from. */
  static Row of(String key) {
    String[] parts = key.split(" ", -1);
    return new Row(
        Operation.valueOf(parts[0]), DType.valueOf(parts[1]), Integer.parseInt(parts[2]));
  }
}
