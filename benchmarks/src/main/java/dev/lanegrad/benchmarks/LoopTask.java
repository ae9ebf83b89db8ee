package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import java.util.Arrays;
import java.util.Locale;

/**
 * A function without tensors, on data that fits the L1 cache.
 *
 * @param kind whose loop
 * @param function of which {@code MATMUL} is that of square matrices
 * @param size elements, or rows of a matrix
 */
record LoopTask(Kind kind, Operation function, DType dtype, int size) implements Task {
  static final String KIND = "loop";

  /**
   * Room behind the elements, as tensors have it, and more: of arrays a little more than a multiple
   * of 4 KB apart, a loop that writes one holds up its own next reads of the other.
   */
  private static final int PADDING = 336;

  /** Whose loop it is. */
  enum Kind {
    /** Lanegrad's kernel, and what it takes to call it. */
    KERNEL,
    /** A loop over vectors with the Vector API's own function, which is SVML's on x86. */
    SVML,
    /** A loop over elements in plain Java. */
    PLAIN;

    @Override
    public String toString() {
      return this == SVML ? name() : name().toLowerCase(Locale.ROOT);
    }
  }

  static LoopTask of(String... words) {
    return new LoopTask(
        Kind.valueOf(words[0]),
        Operation.valueOf(words[1]),
        DType.valueOf(words[2]),
        Integer.parseInt(words[3]));
  }

  @Override
  public String key() {
    return String.format(
        Locale.ROOT, "%s %s %s %s %d", KIND, kind.name(), function.name(), dtype.name(), size);
  }

  @Override
  public String name() {
    return "%s, %s".formatted(function, kind);
  }

  @Override
  public String shape() {
    return function.shape(size);
  }

  Work prepare() {
    return switch (kind) {
      case KERNEL -> Work.inScope(KernelLoops.prepare(this), () -> Double.NaN);
      case SVML -> Work.of(SvmlLoops.prepare(this));
      case PLAIN -> Work.of(PlainLoops.prepare(this));
    };
  }

  /** Numbers where every function is defined. */
  double[] numbers() {
    double[] numbers = Operation.normal(DType.FLOAT64, size).toDoubleArray();
    if (function == Operation.LOG || function == Operation.LOG1P) {
      for (int i = 0; i < size; i++) {
        numbers[i] = Math.abs(numbers[i]) + 1e-3;
      }
    }
    return numbers;
  }

  /** Numbers as a {@code float[]} or {@code double[]} with room behind them. */
  static Object array(DType dtype, double... numbers) {
    if (dtype == DType.FLOAT64) {
      return Arrays.copyOf(numbers, numbers.length + PADDING);
    }
    float[] floats = new float[numbers.length + PADDING];
    for (int i = 0; i < numbers.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }
}
