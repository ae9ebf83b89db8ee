package dev.lanegrad.benchmarks;

import static org.bytedeco.mkl.global.mkl_rt.MKL_malloc;
import static org.bytedeco.mkl.global.mkl_rt.cblas_dgemm;
import static org.bytedeco.mkl.global.mkl_rt.cblas_dgemv;
import static org.bytedeco.mkl.global.mkl_rt.cblas_sgemm;
import static org.bytedeco.mkl.global.mkl_rt.cblas_sgemm_batch_strided;
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
  Functions<FloatPointer> singlePrecision() {
    return new Functions<>(
        (left, right, m, n, k, a, lda, b, ldb, c) ->
            cblas_sgemm(ROW_MAJOR, left, right, m, n, k, 1, a, lda, b, ldb, 0, c, n),
        (matrix, m, n, a, lda, x, y) ->
            cblas_sgemv(ROW_MAJOR, matrix, m, n, 1, a, lda, x, 1, 0, y, 1));
  }

  @Override
  Functions<DoublePointer> doublePrecision() {
    return new Functions<>(
        (left, right, m, n, k, a, lda, b, ldb, c) ->
            cblas_dgemm(ROW_MAJOR, left, right, m, n, k, 1, a, lda, b, ldb, 0, c, n),
        (matrix, m, n, a, lda, x, y) ->
            cblas_dgemv(ROW_MAJOR, matrix, m, n, 1, a, lda, x, 1, 0, y, 1));
  }

  @Override
  Multiply<FloatPointer> stacks(ProductTask p) {
    int sizeOfA = p.rows() * p.inner();
    int sizeOfB = p.inner() * p.columns();
    int sizeOfC = p.rows() * p.columns();
    return (left, right, m, n, k, a, lda, b, ldb, c) ->
        cblas_sgemm_batch_strided(
            ROW_MAJOR, left, right, m, n, k, 1, a, lda, sizeOfA, b, ldb, sizeOfB, 0, c, n, sizeOfC,
            p.batch());
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
