package dev.lanegrad.benchmarks;

import static org.bytedeco.mkl.global.mkl_rt.MKL_malloc;
import static org.bytedeco.mkl.global.mkl_rt.cblas_dgemm;
import static org.bytedeco.mkl.global.mkl_rt.cblas_sgemm;
import static org.bytedeco.mkl.global.mkl_rt.cblas_sgemv;

import java.io.IOException;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;

/** Matrix products by Intel's MKL, on memory that begins at cache lines. */
final class Mkl extends Blas {
  private static final int CACHE_LINE = 64;

  /** Started by {@link WorkerProcess} only. */
  public static void main(String... arguments) throws IOException {
    Worker.serve(System.in, System.out, new Mkl());
  }

  @Override
  public String description() {
    return "MKL 2025.3 (bytedeco)";
  }

  @Override
  Multiply<FloatPointer> singlePrecision() {
    return (left, right, m, n, k, a, lda, b, ldb, c) ->
        cblas_sgemm(ROW_MAJOR, left, right, m, n, k, 1, a, lda, b, ldb, 0, c, n);
  }

  @Override
  MultiplyVector byVector() {
    return (matrix, m, n, a, lda, x, y) ->
        cblas_sgemv(ROW_MAJOR, matrix, m, n, 1, a, lda, x, 1, 0, y, 1);
  }

  @Override
  Multiply<DoublePointer> doublePrecision() {
    return (left, right, m, n, k, a, lda, b, ldb, c) ->
        cblas_dgemm(ROW_MAJOR, left, right, m, n, k, 1, a, lda, b, ldb, 0, c, n);
  }

  @Override
  FloatPointer floats(int count) {
    return new FloatPointer(MKL_malloc((long) count * Float.BYTES, CACHE_LINE));
  }

  @Override
  DoublePointer doubles(int count) {
    return new DoublePointer(MKL_malloc((long) count * Double.BYTES, CACHE_LINE));
  }
}
