package dev.lanegrad.autodiff.internal.kernel.pooling;

import dev.lanegrad.autodiff.internal.kernel.arrays.Rows;
import dev.lanegrad.autodiff.internal.kernel.arrays.ShortChains;
import dev.lanegrad.autodiff.internal.kernel.threads.Workers;
import dev.lanegrad.autodiff.internal.types.Spans;

/**
 * Sums over spans of rows and columns, and the adjoint. The elements of a rectangle are added in
 * row-major order, from zero; many of float32 in float64.
 */
public final class SumPoolLoop {
  private final Spans rows;
  private final Spans columns;
  private final int plane;
  private final int pooled;
  private final boolean wide;

  public SumPoolLoop(Spans rows, Spans columns) {
    this.rows = rows;
    this.columns = columns;
    this.plane = rows.length() * columns.length();
    this.pooled = rows.count() * columns.count();
    this.wide = (long) longest(rows) * longest(columns) > ShortChains.MOST_TERMS;
  }

  private static int longest(Spans spans) {
    int longest = 0;
    for (int p = 0; p < spans.count(); p++) {
      longest = Math.max(longest, spans.ends()[p] - spans.starts()[p]);
    }
    return longest;
  }

  private interface Plane {
    void run(int plane, int pooled);
  }

  private void forEach(int planes, Plane action) {
    Workers.ranges(
        planes,
        (long) planes * (plane + pooled),
        (_, begin, end) -> {
          for (int p = begin; p < end; p++) {
            action.run(p * plane, p * pooled);
          }
        });
  }

  /** From [planes, rows, columns] to [planes, spans, spans]. */
  public void sum(int planes, Object x, int offset, Object y) {
    if (x instanceof float[] floats && wide) {
      forEach(planes, (from, to) -> wideSum(floats, offset + from, (float[]) y, to));
    } else if (x instanceof float[] floats) {
      forEach(
          planes,
          (from, to) -> FloatSumPool.sum(rows, columns, floats, offset + from, (float[]) y, to));
    } else {
      forEach(
          planes,
          (from, to) ->
              DoubleSumPool.sum(rows, columns, (double[]) x, offset + from, (double[]) y, to));
    }
  }

  /** From [planes, spans, spans] to [planes, rows, columns]: each element goes to all it sums. */
  public void spread(int planes, Object y, int offset, Object x) {
    Rows.fill(x, 0, planes * plane, 0);
    if (x instanceof float[] floats) {
      forEach(
          planes,
          (to, from) -> FloatSumPool.spread(rows, columns, (float[]) y, offset + from, floats, to));
    } else {
      forEach(
          planes,
          (to, from) ->
              DoubleSumPool.spread(rows, columns, (double[]) y, offset + from, (double[]) x, to));
    }
  }

  private void wideSum(float[] x, int from, float[] y, int to) {
    int at = to;
    for (int p = 0; p < rows.count(); p++) {
      for (int q = 0; q < columns.count(); q++) {
        double sum = 0;
        for (int r = rows.starts()[p]; r < rows.ends()[p]; r++) {
          int row = from + r * columns.length();
          for (int c = columns.starts()[q]; c < columns.ends()[q]; c++) {
            sum += x[row + c];
          }
        }
        y[at++] = (float) sum;
      }
    }
  }
}
