package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import org.jspecify.annotations.Nullable;

/**
 * A call of an operation on tensors, in a scope.
 *
 * @param operation what is timed
 * @param dtype of its data
 * @param size elements, rows of a square matrix, or examples in a batch
 */
record OperationTask(Operation operation, DType dtype, int size) implements Task {
  static final String KIND = "operation";

  static OperationTask of(String... words) {
    return new OperationTask(
        Operation.valueOf(words[0]), DType.valueOf(words[1]), Integer.parseInt(words[2]));
  }

  @Override
  public String key() {
    return String.join(" ", KIND, operation.name(), dtype.name(), Integer.toString(size));
  }

  @Override
  public String name() {
    return operation.toString();
  }

  @Override
  public String shape() {
    return operation.shape(size);
  }

  /** What it is measured by, if anything compares. */
  @Nullable OperationTask reference() {
    return switch (operation.ceiling()) {
      case FMA -> new OperationTask(Operation.FMA_PEAK, dtype, 1);
      case COPY -> new OperationTask(Operation.COPY, dtype, size);
      case NONE -> null;
    };
  }

  Work prepare() {
    return Work.of(operation.prepare(dtype, size));
  }

  double work() {
    return operation.work(dtype, size);
  }
}
