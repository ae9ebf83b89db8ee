package dev.lanegrad.autodiff.internal.kernel.products;

import dev.lanegrad.autodiff.internal.kernel.arrays.Operand;
import dev.lanegrad.autodiff.internal.kernel.threads.Workers;

/**
 * A single row times the transpose of a matrix whose rows lie together: some chains at a time, as
 * many as hide most of the time that a fused multiply-add takes. To turn the matrix for the tiles
 * would take longer, as nothing of it is used twice.
 */
final class RowLoop {
  private static final int TOGETHER = 6;

  private RowLoop() {}

  /**
   * Sets y[j] to the chain over k of x[k] and element k of line j.
   *
   * @param x the row, its elements side by side
   * @param lines strides {1, from line to line}: a transpose
   */
  static void run(Operand x, Operand lines, Object y, int offset, int inner, int columns) {
    int step = lines.stride(1);
    Workers.ranges(
        columns,
        (long) inner * columns,
        (_, first, end) -> {
          int at = lines.offset() + first * step;
          int to = offset + first;
          if (y instanceof float[] floats) {
            float[] row = (float[]) x.array();
            float[] all = (float[]) lines.array();
            run(row, x.offset(), all, at, step, inner, floats, to, end - first);
          } else {
            double[] row = (double[]) x.array();
            double[] all = (double[]) lines.array();
            run(row, x.offset(), all, at, step, inner, (double[]) y, to, end - first);
          }
        });
  }

  private static void run(
      float[] x,
      int start,
      float[] lines,
      int at,
      int step,
      int inner,
      float[] y,
      int to,
      int count) {
    int j = 0;
    for (; j + TOGETHER <= count; j += TOGETHER) {
      int line0 = at + j * step;
      int line1 = line0 + step;
      int line2 = line1 + step;
      int line3 = line2 + step;
      int line4 = line3 + step;
      int line5 = line4 + step;
      float sum0 = 0;
      float sum1 = 0;
      float sum2 = 0;
      float sum3 = 0;
      float sum4 = 0;
      float sum5 = 0;
      for (int k = 0; k < inner; k++) {
        float factor = x[start + k];
        sum0 = Math.fma(factor, lines[line0 + k], sum0);
        sum1 = Math.fma(factor, lines[line1 + k], sum1);
        sum2 = Math.fma(factor, lines[line2 + k], sum2);
        sum3 = Math.fma(factor, lines[line3 + k], sum3);
        sum4 = Math.fma(factor, lines[line4 + k], sum4);
        sum5 = Math.fma(factor, lines[line5 + k], sum5);
      }
      y[to + j] = sum0;
      y[to + j + 1] = sum1;
      y[to + j + 2] = sum2;
      y[to + j + 3] = sum3;
      y[to + j + 4] = sum4;
      y[to + j + 5] = sum5;
    }
    for (; j < count; j++) {
      float sum = 0;
      for (int k = 0; k < inner; k++) {
        sum = Math.fma(x[start + k], lines[at + j * step + k], sum);
      }
      y[to + j] = sum;
    }
  }

  private static void run(
      double[] x,
      int start,
      double[] lines,
      int at,
      int step,
      int inner,
      double[] y,
      int to,
      int count) {
    int j = 0;
    for (; j + TOGETHER <= count; j += TOGETHER) {
      int line0 = at + j * step;
      int line1 = line0 + step;
      int line2 = line1 + step;
      int line3 = line2 + step;
      int line4 = line3 + step;
      int line5 = line4 + step;
      double sum0 = 0;
      double sum1 = 0;
      double sum2 = 0;
      double sum3 = 0;
      double sum4 = 0;
      double sum5 = 0;
      for (int k = 0; k < inner; k++) {
        double factor = x[start + k];
        sum0 = Math.fma(factor, lines[line0 + k], sum0);
        sum1 = Math.fma(factor, lines[line1 + k], sum1);
        sum2 = Math.fma(factor, lines[line2 + k], sum2);
        sum3 = Math.fma(factor, lines[line3 + k], sum3);
        sum4 = Math.fma(factor, lines[line4 + k], sum4);
        sum5 = Math.fma(factor, lines[line5 + k], sum5);
      }
      y[to + j] = sum0;
      y[to + j + 1] = sum1;
      y[to + j + 2] = sum2;
      y[to + j + 3] = sum3;
      y[to + j + 4] = sum4;
      y[to + j + 5] = sum5;
    }
    for (; j < count; j++) {
      double sum = 0;
      for (int k = 0; k < inner; k++) {
        sum = Math.fma(x[start + k], lines[at + j * step + k], sum);
      }
      y[to + j] = sum;
    }
  }
}
