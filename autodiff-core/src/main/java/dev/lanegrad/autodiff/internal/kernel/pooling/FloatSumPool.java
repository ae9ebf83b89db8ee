package dev.lanegrad.autodiff.internal.kernel.pooling;

import dev.lanegrad.autodiff.internal.Twins;
import dev.lanegrad.autodiff.internal.types.Spans;

/** The loops of {@link SumPoolLoop} over floats. */
@Twins(double.class)
final class FloatSumPool {
  private FloatSumPool() {}

  /** From rows and columns to the sums of spans, from zero in row-major order. */
  static void sum(Spans rows, Spans columns, float[] x, int from, float[] y, int to) {
    int at = to;
    for (int p = 0; p < rows.count(); p++) {
      for (int q = 0; q < columns.count(); q++) {
        float sum = 0;
        for (int r = rows.starts()[p]; r < rows.ends()[p]; r++) {
          int row = from + r * columns.length();
          for (int c = columns.starts()[q]; c < columns.ends()[q]; c++) {
            sum += x[row + c];
          }
        }
        y[at++] = sum;
      }
    }
  }

  /** Each element is added to all that it sums. */
  static void spread(Spans rows, Spans columns, float[] y, int from, float[] x, int to) {
    int at = from;
    for (int p = 0; p < rows.count(); p++) {
      for (int q = 0; q < columns.count(); q++) {
        float share = y[at++];
        for (int r = rows.starts()[p]; r < rows.ends()[p]; r++) {
          int row = to + r * columns.length();
          for (int c = columns.starts()[q]; c < columns.ends()[q]; c++) {
            x[row + c] += share;
          }
        }
      }
    }
  }
}
