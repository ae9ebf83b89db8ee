package dev.lanegrad.autodiff.internal.kernel;

import dev.lanegrad.autodiff.Slide;
import java.util.Arrays;

/**
 * The largest elements of windows, and the way back to where they were: the first of equal ones; a
 * NaN is larger than everything. A window that sees nothing but padding gives minus infinity and
 * has no such element.
 */
public final class MaxPoolLoop {
  /** The index of what does not exist. */
  private static final int NONE = -1;

  private final Slide rows;
  private final Slide columns;
  private final int width;
  private final int plane;
  private final int pooled;

  public MaxPoolLoop(Slide rows, Slide columns) {
    this.rows = rows;
    this.columns = columns;
    this.width = columns.positions();
    this.plane = rows.length() * columns.length();
    this.pooled = rows.positions() * width;
  }

  private interface Plane {
    void run(int number, RowBuffers buffers);
  }

  /** What one row of positions needs; one of the two kinds of numbers is empty. */
  private record RowBuffers(
      float[] largest, float[] values, double[] wideLargest, double[] wideValues, int[] winners) {
    static RowBuffers of(boolean single, int padded, int width) {
      int narrow = single ? 1 : 0;
      int wide = 1 - narrow;
      return new RowBuffers(
          new float[narrow * padded],
          new float[narrow * width],
          new double[wide * padded],
          new double[wide * width],
          new int[width]);
    }
  }

  private void forEach(int planes, boolean single, Plane action) {
    long operations = 2L * planes * pooled * rows.kernel() * columns.kernel();
    int parts = Workers.count(operations, planes);
    int each = Math.ceilDiv(planes, parts);
    Workers.run(
        parts,
        part -> {
          RowBuffers buffers = RowBuffers.of(single, columns.padded(), width);
          for (int p = part * each; p < Math.min((part + 1) * each, planes); p++) {
            action.run(p, buffers);
          }
        });
  }

  /** From [planes, rows, columns] to the largest elements [planes, positions, positions]. */
  public void values(int planes, Object x, int offset, Object y) {
    boolean single = x instanceof float[];
    forEach(
        planes,
        single,
        (number, buffers) -> {
          for (int p = 0; p < rows.positions(); p++) {
            int from = offset + number * plane;
            int to = number * pooled + p * width;
            if (single) {
              values((float[]) x, from, p, buffers.largest, (float[]) y, to);
            } else {
              values((double[]) x, from, p, buffers.wideLargest, (double[]) y, to);
            }
          }
        });
  }

  /** Where in its plane the largest element of each window is. */
  public void indices(int planes, Object x, int offset, int[] indices) {
    forEachWinner(
        planes, x, offset, (_, to, winners) -> System.arraycopy(winners, 0, indices, to, width));
  }

  /** Adds an element for each window to that of its largest element. */
  public void spread(int planes, Object x, int offset, Object g, int gOffset, Object result) {
    LaneTree.fill(result, 0, planes * plane, 0);
    forEachWinner(
        planes,
        x,
        offset,
        (origin, to, winners) -> {
          if (result instanceof float[] floats) {
            spread(winners, (float[]) g, gOffset + to, floats, origin);
          } else {
            spread(winners, (double[]) g, gOffset + to, (double[]) result, origin);
          }
        });
  }

  /** For each window the element of another tensor at the place of its largest element, or 0. */
  public void pick(int planes, Object x, int offset, Object h, int hOffset, Object result) {
    forEachWinner(
        planes,
        x,
        offset,
        (origin, to, winners) -> {
          if (result instanceof float[] floats) {
            pick(winners, (float[]) h, hOffset + origin, floats, to);
          } else {
            pick(winners, (double[]) h, hOffset + origin, (double[]) result, to);
          }
        });
  }

  /** What is done for a row of positions of a plane. */
  private interface WinnersOfRow {
    void run(int origin, int to, int[] winners);
  }

  private void forEachWinner(int planes, Object x, int offset, WinnersOfRow action) {
    boolean single = x instanceof float[];
    forEach(
        planes,
        single,
        (number, buffers) -> {
          int origin = number * plane;
          int from = offset + origin;
          int[] winners = buffers.winners;
          for (int p = 0; p < rows.positions(); p++) {
            if (single) {
              values((float[]) x, from, p, buffers.largest, buffers.values, 0);
              winners((float[]) x, from, p, buffers.values, winners);
            } else {
              values((double[]) x, from, p, buffers.wideLargest, buffers.wideValues, 0);
              winners((double[]) x, from, p, buffers.wideValues, winners);
            }
            action.run(origin, number * pooled + p * width, winners);
          }
        });
  }

  private int row(int position, int r) {
    return position * rows.stride() + r * rows.dilation() - rows.before();
  }

  private static void spread(int[] winners, float[] g, int from, float[] result, int origin) {
    for (int q = 0; q < winners.length; q++) {
      if (winners[q] != NONE) {
        result[origin + winners[q]] += g[from + q];
      }
    }
  }

  private static void spread(int[] winners, double[] g, int from, double[] result, int origin) {
    for (int q = 0; q < winners.length; q++) {
      if (winners[q] != NONE) {
        result[origin + winners[q]] += g[from + q];
      }
    }
  }

  private static void pick(int[] winners, float[] h, int origin, float[] result, int to) {
    for (int q = 0; q < winners.length; q++) {
      result[to + q] = winners[q] == NONE ? 0 : h[origin + winners[q]];
    }
  }

  private static void pick(int[] winners, double[] h, int origin, double[] result, int to) {
    for (int q = 0; q < winners.length; q++) {
      result[to + q] = winners[q] == NONE ? 0 : h[origin + winners[q]];
    }
  }

  /** The largest element of each window of one row of positions. */
  private void values(float[] x, int from, int position, float[] largest, float[] y, int to) {
    Arrays.fill(largest, Float.NEGATIVE_INFINITY);
    for (int r = 0; r < rows.kernel(); r++) {
      int row = row(position, r);
      if (row >= 0 && row < rows.length()) {
        largerOfEach(x, from + row * columns.length(), largest);
      }
    }
    for (int q = 0; q < width; q++) {
      y[to + q] = largest[q * columns.stride()];
    }
    for (int s = 1; s < columns.kernel(); s++) {
      int shift = s * columns.dilation();
      for (int q = 0; q < width; q++) {
        y[to + q] = Math.max(y[to + q], largest[q * columns.stride() + shift]);
      }
    }
  }

  private void largerOfEach(float[] x, int from, float[] largest) {
    int before = columns.before();
    for (int c = 0; c < columns.length(); c++) {
      largest[before + c] = Math.max(largest[before + c], x[from + c]);
    }
  }

  /** The first element of each window that is the largest, or a NaN if there is one. */
  private void winners(float[] x, int from, int position, float[] values, int[] winners) {
    Arrays.fill(winners, NONE);
    for (int r = rows.kernel() - 1; r >= 0; r--) {
      int row = row(position, r);
      if (row >= 0 && row < rows.length()) {
        for (int s = columns.kernel() - 1; s >= 0; s--) {
          int shift = s * columns.dilation() - columns.before();
          int first = Math.max(0, Math.ceilDiv(-shift, columns.stride()));
          int end = Math.min(width, Math.ceilDiv(columns.length() - shift, columns.stride()));
          int at = row * columns.length() + shift;
          for (int q = first; q < end; q++) {
            int place = at + q * columns.stride();
            float candidate = x[from + place];
            boolean wins = candidate == values[q] || Float.isNaN(candidate);
            winners[q] = wins ? place : winners[q];
          }
        }
      }
    }
  }

  /** The largest element of each window of one row of positions. */
  private void values(double[] x, int from, int position, double[] largest, double[] y, int to) {
    Arrays.fill(largest, Double.NEGATIVE_INFINITY);
    for (int r = 0; r < rows.kernel(); r++) {
      int row = row(position, r);
      if (row >= 0 && row < rows.length()) {
        largerOfEach(x, from + row * columns.length(), largest);
      }
    }
    for (int q = 0; q < width; q++) {
      y[to + q] = largest[q * columns.stride()];
    }
    for (int s = 1; s < columns.kernel(); s++) {
      int shift = s * columns.dilation();
      for (int q = 0; q < width; q++) {
        y[to + q] = Math.max(y[to + q], largest[q * columns.stride() + shift]);
      }
    }
  }

  private void largerOfEach(double[] x, int from, double[] largest) {
    int before = columns.before();
    for (int c = 0; c < columns.length(); c++) {
      largest[before + c] = Math.max(largest[before + c], x[from + c]);
    }
  }

  /** The first element of each window that is the largest, or a NaN if there is one. */
  private void winners(double[] x, int from, int position, double[] values, int[] winners) {
    Arrays.fill(winners, NONE);
    for (int r = rows.kernel() - 1; r >= 0; r--) {
      int row = row(position, r);
      if (row >= 0 && row < rows.length()) {
        for (int s = columns.kernel() - 1; s >= 0; s--) {
          int shift = s * columns.dilation() - columns.before();
          int first = Math.max(0, Math.ceilDiv(-shift, columns.stride()));
          int end = Math.min(width, Math.ceilDiv(columns.length() - shift, columns.stride()));
          int at = row * columns.length() + shift;
          for (int q = first; q < end; q++) {
            int place = at + q * columns.stride();
            double candidate = x[from + place];
            boolean wins = candidate == values[q] || Double.isNaN(candidate);
            winners[q] = wins ? place : winners[q];
          }
        }
      }
    }
  }
}
