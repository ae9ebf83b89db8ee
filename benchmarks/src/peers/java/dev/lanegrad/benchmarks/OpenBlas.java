package dev.lanegrad.benchmarks;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemv;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.benchmarks.ProductTask.Transposed;
import java.io.IOException;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;

/** Matrix products by OpenBLAS, on memory of its own world; the result's is made once. */
final class OpenBlas implements Contestant {
  /** Started by {@link WorkerProcess} only. */
  public static void main(String... arguments) throws IOException {
    Worker.serve(System.in, System.out, new OpenBlas());
  }

  @Override
  public String description() {
    return "OpenBLAS 0.3.31 (bytedeco)";
  }

  @Override
  public Work prepare(Task task) {
    if (!(task instanceof ProductTask product)) {
      throw new IllegalArgumentException("OpenBLAS does matrix products, not " + task.key());
    }
    return product.dtype() == DType.FLOAT32 ? singlePrecision(product) : doublePrecision(product);
  }

  private static Work singlePrecision(ProductTask p) {
    FloatPointer a = new FloatPointer(floats(p.left()));
    FloatPointer b = new FloatPointer(floats(p.right()));
    int size = p.rows() * p.columns();
    FloatPointer c = new FloatPointer(size);
    Runnable run =
        p.rows() == 1 || p.columns() == 1
            ? () -> vectorProduct(p, a, b, c)
            : () ->
                cblas_sgemm(
                    CblasRowMajor,
                    left(p),
                    right(p),
                    p.rows(),
                    p.columns(),
                    p.inner(),
                    1,
                    a,
                    leftStride(p),
                    b,
                    rightStride(p),
                    0,
                    c,
                    p.columns());
    return new Work(
        run,
        1,
        () -> {
          run.run();
          double sum = 0;
          for (int i = 0; i < size; i++) {
            sum += c.get(i);
          }
          return sum / size;
        });
  }

  /** A matrix times a vector, or a vector times a matrix. */
  private static void vectorProduct(ProductTask p, FloatPointer a, FloatPointer b, FloatPointer c) {
    if (p.columns() == 1) {
      cblas_sgemv(CblasRowMajor, CblasNoTrans, p.rows(), p.inner(), 1, a, p.inner(), b, 1, 0, c, 1);
    } else {
      cblas_sgemv(
          CblasRowMajor, CblasTrans, p.inner(), p.columns(), 1, b, p.columns(), a, 1, 0, c, 1);
    }
  }

  private static Work doublePrecision(ProductTask p) {
    DoublePointer a = new DoublePointer(p.left());
    DoublePointer b = new DoublePointer(p.right());
    int size = p.rows() * p.columns();
    DoublePointer c = new DoublePointer(size);
    Runnable run =
        () ->
            cblas_dgemm(
                CblasRowMajor,
                left(p),
                right(p),
                p.rows(),
                p.columns(),
                p.inner(),
                1,
                a,
                leftStride(p),
                b,
                rightStride(p),
                0,
                c,
                p.columns());
    return new Work(
        run,
        1,
        () -> {
          run.run();
          double sum = 0;
          for (int i = 0; i < size; i++) {
            sum += c.get(i);
          }
          return sum / size;
        });
  }

  private static int left(ProductTask p) {
    return p.transposed() == Transposed.TN ? CblasTrans : CblasNoTrans;
  }

  private static int right(ProductTask p) {
    return p.transposed() == Transposed.NT ? CblasTrans : CblasNoTrans;
  }

  private static int leftStride(ProductTask p) {
    return p.transposed() == Transposed.TN ? p.rows() : p.inner();
  }

  private static int rightStride(ProductTask p) {
    return p.transposed() == Transposed.NT ? p.inner() : p.columns();
  }

  private static float[] floats(double... numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }
}
