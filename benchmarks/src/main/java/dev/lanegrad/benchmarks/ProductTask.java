package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A matrix product of {@code rows} x {@code inner} and {@code inner} x {@code columns}; a vector
 * where one of them is 1.
 *
 * @param batch products in a stack, each of matrices of its own; 1 is no stack
 * @param kernelOnly whether the kernel is called without tensors
 */
record ProductTask(
    int batch,
    boolean kernelOnly,
    Transposed transposed,
    DType dtype,
    int rows,
    int inner,
    int columns)
    implements Task {
  static final String KIND = "product";

  /** Multiply-adds of one scope, so that small products share its costs as in a real step. */
  private static final long OF_A_SCOPE = 4_000_000;

  private static final int MOST_CALLS = 100;

  /** Which of the matrices lies in memory column by column. */
  enum Transposed {
    NN,
    TN,
    NT
  }

  static ProductTask of(String... words) {
    return new ProductTask(
        Integer.parseInt(words[0]),
        Boolean.parseBoolean(words[1]),
        Transposed.valueOf(words[2]),
        DType.valueOf(words[3]),
        Integer.parseInt(words[4]),
        Integer.parseInt(words[5]),
        Integer.parseInt(words[6]));
  }

  /** Of tensors that are no stacks. */
  static ProductTask of(Transposed transposed, DType dtype, int rows, int inner, int columns) {
    return new ProductTask(1, false, transposed, dtype, rows, inner, columns);
  }

  @Override
  public String key() {
    return String.format(
        Locale.ROOT,
        "%s %d %s %s %s %d %d %d",
        KIND,
        batch,
        kernelOnly,
        transposed,
        dtype.name(),
        rows,
        inner,
        columns);
  }

  @Override
  public String name() {
    return "matmul " + transposed + (kernelOnly ? ", kernel" : "");
  }

  @Override
  public String shape() {
    String shape =
        rows == inner && inner == columns
            ? String.format(Locale.ROOT, "%d x %d", rows, rows)
            : String.format(Locale.ROOT, "%d x %d x %d", rows, inner, columns);
    return batch == 1 ? shape : String.format(Locale.ROOT, "%s, %d of them", shape, batch);
  }

  /** Floating-point operations. */
  double operations() {
    return 2.0 * batch * rows * inner * columns;
  }

  /** The same without tensors. */
  ProductTask kernel() {
    return new ProductTask(batch, true, transposed, dtype, rows, inner, columns);
  }

  int calls() {
    return Math.clamp(OF_A_SCOPE / ((long) batch * rows * inner * columns), 1, MOST_CALLS);
  }

  /** The left matrix as it lies in memory: rows x inner, or inner x rows if transposed. */
  double[] left() {
    return numbers(1, batch * rows * inner);
  }

  /** The right matrix as it lies in memory. */
  double[] right() {
    return numbers(2, batch * inner * columns);
  }

  private static double[] numbers(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    return random.doubles(count, 0.5, 1).toArray();
  }

  Work prepare() {
    return kernelOnly ? new ProductKernel(this).work() : prepare(calls());
  }

  /** Products of tensors, so many in a scope. */
  Work prepare(int calls) {
    Tensor a =
        transposed == Transposed.TN
            ? matrix(left(), inner, rows).transpose()
            : matrix(left(), rows, inner);
    Tensor b =
        transposed == Transposed.NT
            ? matrix(right(), columns, inner).transpose()
            : matrix(right(), inner, columns);
    Tensor x = rows == 1 && batch == 1 ? a.reshape(inner) : a;
    Tensor y = columns == 1 && batch == 1 ? b.reshape(inner) : b;
    return new Work(
        () -> Autodiff.tidy(() -> Autodiff.withoutGradient(() -> repeat(x, y, calls))),
        calls,
        () -> x.matmul(y).mean().item());
  }

  private static void repeat(Tensor x, Tensor y, int calls) {
    for (int i = 0; i < calls; i++) {
      if (x.matmul(y).size() == 0) {
        throw new AssertionError("nothing was computed");
      }
    }
  }

  private Tensor matrix(double[] numbers, int height, int width) {
    Shape shape = batch == 1 ? Shape.of(height, width) : Shape.of(batch, height, width);
    return Tensor.ofDoubles(dtype, shape, numbers);
  }
}
