package dev.lanegrad.autodiff.internal.kernel.pooling;

import dev.lanegrad.autodiff.internal.Twins;
import dev.lanegrad.autodiff.internal.types.Slide;

/** The loops of {@link MaxPoolLoop} over floats. */
@Twins(double.class)
final class FloatMaxPool {
  /** The index of the largest element so far where there is none yet. */
  private static final int NONE = -1;

  private FloatMaxPool() {}

  /** The largest elements of a row of windows. */
  static void values(MaxPoolWindows windows, float[] x, int from, int position, float[] y, int to) {
    Slide rows = windows.rows();
    Slide columns = windows.columns();
    int width = columns.positions();
    if (windows.squares()) {
      int left = from + 2 * position * columns.length();
      for (int q = 0; q < width; q++) {
        int below = left + columns.length();
        float upper = Math.max(x[left], x[left + 1]);
        y[to + q] = Math.max(upper, Math.max(x[below], x[below + 1]));
        left += 2;
      }
      return;
    }
    int first = MaxPoolWindows.first(rows, position);
    int last = MaxPoolWindows.last(rows, position);
    for (int q = 0; q < width; q++) {
      int begin = windows.begins()[q];
      int end = windows.ends()[q];
      float largest = Float.NEGATIVE_INFINITY;
      for (int row = first; row <= last; row += rows.dilation()) {
        int at = from + row * columns.length();
        for (int c = begin; c <= end; c += columns.dilation()) {
          largest = Math.max(largest, x[at + c]);
        }
      }
      y[to + q] = largest;
    }
  }

  /** Where they are in the plane. */
  static void winners(MaxPoolWindows windows, float[] x, int from, int position, int[] winners) {
    Slide rows = windows.rows();
    Slide columns = windows.columns();
    int first = MaxPoolWindows.first(rows, position);
    int last = MaxPoolWindows.last(rows, position);
    for (int q = 0; q < winners.length; q++) {
      int begin = windows.begins()[q];
      int end = windows.ends()[q];
      int best = NONE;
      for (int row = first; row <= last; row += rows.dilation()) {
        int at = from + row * columns.length();
        for (int c = begin; c <= end; c += columns.dilation()) {
          best = best == NONE ? at + c : larger(x, best, at + c);
        }
      }
      winners[q] = best - from;
    }
  }

  /** The index of the larger of two elements, the first if they are equal. */
  static int larger(float[] x, int first, int second) {
    return Float.compare(x[second], x[first]) > 0 ? second : first;
  }

  /** Adds an element for each window to that of its winner. */
  static void spread(int[] winners, float[] g, int from, float[] result, int origin) {
    for (int q = 0; q < winners.length; q++) {
      result[origin + winners[q]] += g[from + q];
    }
  }

  /** For each window the element at the place of its winner. */
  static void pick(int[] winners, float[] source, int origin, float[] result, int to) {
    for (int q = 0; q < winners.length; q++) {
      result[to + q] = source[origin + winners[q]];
    }
  }
}
