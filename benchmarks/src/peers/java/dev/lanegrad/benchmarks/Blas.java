package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.benchmarks.ProductTask.Transposed;
import java.util.function.IntToDoubleFunction;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Matrix products by a library with the interface of CBLAS, on memory of its own world; the
 * result's is made once.
 */
abstract class Blas implements Contestant {
  static final int ROW_MAJOR = 101;
  private static final int AS_IT_LIES = 111;
  private static final int TRANSPOSED = 112;

  /** A function {@code cblas_sgemm} or {@code cblas_dgemm} without the layout, which is by rows. */
  interface Multiply<P> {
    void run(
        int left,
        int right,
        int rows,
        int columns,
        int inner,
        P a,
        int leftStride,
        P b,
        int rightStride,
        P c);
  }

  /** A function {@code cblas_sgemv} or {@code cblas_dgemv} likewise. */
  interface MultiplyVector<P> {
    void run(int matrix, int rows, int columns, P a, int stride, P x, P y);
  }

  /** What a library does with numbers of a dtype. */
  record Functions<P>(Multiply<P> multiply, MultiplyVector<P> byVector) {}

  abstract Functions<FloatPointer> singlePrecision();

  abstract Functions<DoublePointer> doublePrecision();

  /**
   * A function that multiplies a stack of matrices, each with its own.
   *
   * @throws IllegalArgumentException if the library has none
   */
  Multiply<FloatPointer> stacks(ProductTask p) {
    throw new IllegalArgumentException(description() + " does no stacks, as in " + p.key());
  }

  /** Memory for so many numbers. */
  abstract FloatPointer floats(int count);

  /** Memory for so many numbers. */
  abstract DoublePointer doubles(int count);

  @Override
  public final Work prepare(Task task) {
    if (!(task instanceof ProductTask product)) {
      throw new IllegalArgumentException(
          description() + " does matrix products, not " + task.key());
    }
    return product.dtype() == DType.FLOAT32 ? singlePrecision(product) : doublePrecision(product);
  }

  private Work singlePrecision(ProductTask p) {
    FloatPointer a = floats(p.left());
    FloatPointer b = floats(p.right());
    int size = p.batch() * p.rows() * p.columns();
    FloatPointer c = floats(size);
    Multiply<FloatPointer> multiply = p.batch() > 1 ? stacks(p) : singlePrecision().multiply();
    Runnable run = call(multiply, singlePrecision().byVector(), p, a, b, c);
    return work(run, size, c::get);
  }

  private Work doublePrecision(ProductTask p) {
    DoublePointer a = doubles(p.left().length).put(p.left());
    DoublePointer b = doubles(p.right().length).put(p.right());
    int size = p.rows() * p.columns();
    DoublePointer c = doubles(size);
    Functions<DoublePointer> functions = doublePrecision();
    Runnable run = call(functions.multiply(), functions.byVector(), p, a, b, c);
    return work(run, size, c::get);
  }

  private static <P> Runnable call(
      Multiply<P> multiply, MultiplyVector<P> byVector, ProductTask p, P a, P b, P c) {
    if (p.columns() == 1) {
      return () -> byVector.run(AS_IT_LIES, p.rows(), p.inner(), a, p.inner(), b, c);
    }
    return p.rows() == 1 ? row(byVector, p, a, b, c) : () -> run(multiply, p, a, b, c);
  }

  /** A row times a matrix: the transpose of that matrix times a column. */
  private static <P> Runnable row(MultiplyVector<P> byVector, ProductTask p, P a, P b, P c) {
    return p.transposed() == Transposed.NT
        ? () -> byVector.run(AS_IT_LIES, p.columns(), p.inner(), b, p.inner(), a, c)
        : () -> byVector.run(TRANSPOSED, p.inner(), p.columns(), b, p.columns(), a, c);
  }

  /** What is told of it is the mean of its results. */
  private static Work work(Runnable run, int size, IntToDoubleFunction result) {
    return new Work(
        run,
        1,
        () -> {
          run.run();
          double sum = 0;
          for (int i = 0; i < size; i++) {
            sum += result.applyAsDouble(i);
          }
          return sum / size;
        });
  }

  private static <P> void run(Multiply<P> multiply, ProductTask p, P a, P b, P c) {
    boolean leftTurned = p.transposed() == Transposed.TN;
    boolean rightTurned = p.transposed() == Transposed.NT;
    multiply.run(
        leftTurned ? TRANSPOSED : AS_IT_LIES,
        rightTurned ? TRANSPOSED : AS_IT_LIES,
        p.rows(),
        p.columns(),
        p.inner(),
        a,
        leftTurned ? p.rows() : p.inner(),
        b,
        rightTurned ? p.inner() : p.columns(),
        c);
  }

  private FloatPointer floats(double... numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats(numbers.length).put(floats);
  }
}
