package dev.lanegrad.autodiff.internal.kernel.products;

import dev.lanegrad.autodiff.internal.Twins;

/** The loops of {@link RowLoop} over floats. */
@Twins(double.class)
final class FloatRow {
  /** Chains that hide most of the time that a fused multiply-add takes. */
  private static final int TOGETHER = 8;

  private FloatRow() {}

  /**
   * A row along lines whose elements lie together: an element of y is the chain of one line.
   *
   * @param at where the first line begins
   * @param step from line to line
   */
  static void run(
      float[] row,
      int start,
      float[] lines,
      int at,
      int step,
      int inner,
      float[] y,
      int to,
      int count) {
    int last = count - 1;
    for (int j = 0; j < count; j += TOGETHER) { // where lines are missing the last one again
      int j1 = Math.min(j + 1, last);
      int j2 = Math.min(j + 2, last);
      int j3 = Math.min(j + 3, last);
      int j4 = Math.min(j + 4, last);
      int j5 = Math.min(j + 5, last);
      int j6 = Math.min(j + 6, last);
      int j7 = Math.min(j + 7, last);
      int line0 = at + j * step;
      int line1 = at + j1 * step;
      int line2 = at + j2 * step;
      int line3 = at + j3 * step;
      int line4 = at + j4 * step;
      int line5 = at + j5 * step;
      int line6 = at + j6 * step;
      int line7 = at + j7 * step;
      float sum0 = 0;
      float sum1 = 0;
      float sum2 = 0;
      float sum3 = 0;
      float sum4 = 0;
      float sum5 = 0;
      float sum6 = 0;
      float sum7 = 0;
      int k = 0;
      for (; k + 1 < inner; k += 2) { // two steps a turn are a seventh faster than one
        float factor = row[start + k];
        float next = row[start + k + 1];
        sum0 = Math.fma(next, lines[line0 + k + 1], Math.fma(factor, lines[line0 + k], sum0));
        sum1 = Math.fma(next, lines[line1 + k + 1], Math.fma(factor, lines[line1 + k], sum1));
        sum2 = Math.fma(next, lines[line2 + k + 1], Math.fma(factor, lines[line2 + k], sum2));
        sum3 = Math.fma(next, lines[line3 + k + 1], Math.fma(factor, lines[line3 + k], sum3));
        sum4 = Math.fma(next, lines[line4 + k + 1], Math.fma(factor, lines[line4 + k], sum4));
        sum5 = Math.fma(next, lines[line5 + k + 1], Math.fma(factor, lines[line5 + k], sum5));
        sum6 = Math.fma(next, lines[line6 + k + 1], Math.fma(factor, lines[line6 + k], sum6));
        sum7 = Math.fma(next, lines[line7 + k + 1], Math.fma(factor, lines[line7 + k], sum7));
      }
      y[to + j] = sum0;
      y[to + j1] = sum1;
      y[to + j2] = sum2;
      y[to + j3] = sum3;
      y[to + j4] = sum4;
      y[to + j5] = sum5;
      y[to + j6] = sum6;
      y[to + j7] = sum7;
      for (int l = j; k < inner && l <= j7; l++) {
        goOn(row, start, lines, at + l * step, k, inner, y, to + l);
      }
    }
  }

  /** What is left of one chain from step {@code done} on. */
  static void goOn(
      float[] row, int start, float[] lines, int line, int done, int inner, float[] y, int to) {
    float sum = y[to];
    for (int k = done; k < inner; k++) {
      sum = Math.fma(row[start + k], lines[line + k], sum);
    }
    y[to] = sum;
  }
}
