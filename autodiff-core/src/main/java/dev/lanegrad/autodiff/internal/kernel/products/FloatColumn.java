package dev.lanegrad.autodiff.internal.kernel.products;

import dev.lanegrad.autodiff.internal.Twins;

/** The loops of {@link ColumnLoop} over floats. */
@Twins(double.class)
final class FloatColumn {
  private FloatColumn() {}

  /**
   * What is left of the chains of some rows from step {@code done} on, and their sums.
   *
   * @param at where the first row begins
   * @param step from row to row
   * @param chains of all rows, one row's behind the other's
   */
  static void finish(
      float[] lines,
      int at,
      int step,
      float[] column,
      int start,
      int done,
      int inner,
      float[] chains,
      float[] y,
      int to,
      int count) {
    for (int i = 0; i < count; i++) {
      int first = i * ColumnLoop.CHAINS;
      int from = at + i * step;
      for (int k = done; k < inner; k++) {
        int chain = first + k % ColumnLoop.CHAINS;
        chains[chain] = Math.fma(lines[from + k], column[start + k], chains[chain]);
      }
      y[to + i] = sum(chains, first);
    }
  }

  /** Adds up the chains of a row, in variables, which do not wait for memory. */
  private static float sum(float[] chains, int at) {
    float sum0 = chains[at] + chains[at + 8];
    float sum1 = chains[at + 1] + chains[at + 9];
    float sum2 = chains[at + 2] + chains[at + 10];
    float sum3 = chains[at + 3] + chains[at + 11];
    float sum4 = chains[at + 4] + chains[at + 12];
    float sum5 = chains[at + 5] + chains[at + 13];
    float sum6 = chains[at + 6] + chains[at + 14];
    float sum7 = chains[at + 7] + chains[at + 15];
    return ((sum0 + sum4) + (sum2 + sum6)) + ((sum1 + sum5) + (sum3 + sum7));
  }
}
