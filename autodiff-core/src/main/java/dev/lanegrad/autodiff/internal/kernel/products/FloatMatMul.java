package dev.lanegrad.autodiff.internal.kernel.products;

import dev.lanegrad.autodiff.internal.Twins;

/** The loop of {@link MatMulLoop} over floats. */
@Twins(double.class)
final class FloatMatMul {
  private FloatMatMul() {}

  /** Rows of B scaled and added up in order, four in one pass over a row of C. */
  static void addRows(
      float[] a,
      int at,
      int step,
      float[] b,
      int row,
      int toNext,
      int inner,
      float[] c,
      int to,
      int columns) {
    int k = 0;
    for (; k + 4 <= inner; k += 4) {
      float f0 = a[at + k * step];
      float f1 = a[at + (k + 1) * step];
      float f2 = a[at + (k + 2) * step];
      float f3 = a[at + (k + 3) * step];
      int b0 = row + k * toNext;
      int b1 = b0 + toNext;
      int b2 = b1 + toNext;
      int b3 = b2 + toNext;
      for (int j = 0; j < columns; j++) {
        float sum = Math.fma(f1, b[b1 + j], Math.fma(f0, b[b0 + j], c[to + j]));
        c[to + j] = Math.fma(f3, b[b3 + j], Math.fma(f2, b[b2 + j], sum));
      }
    }
    for (; k < inner; k++) {
      float factor = a[at + k * step];
      for (int j = 0; j < columns; j++) {
        c[to + j] = Math.fma(factor, b[row + k * toNext + j], c[to + j]);
      }
    }
  }
}
