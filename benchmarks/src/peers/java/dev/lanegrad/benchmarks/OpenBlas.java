package dev.lanegrad.benchmarks;

import static org.bytedeco.openblas.global.openblas_nolapack.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_dgemv;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemv;

import java.io.IOException;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;

/** Matrix products by OpenBLAS. */
final class OpenBlas extends Blas {
  /** Started by {@link WorkerProcess} only. */
  public static void main(String... arguments) throws IOException {
    Worker.serve(System.in, System.out, new OpenBlas());
  }

  @Override
  public String description() {
    return "OpenBLAS 0.3.31 (bytedeco)";
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
  FloatPointer floats(int count) {
    return new FloatPointer(count);
  }

  @Override
  DoublePointer doubles(int count) {
    return new DoublePointer(count);
  }
}
