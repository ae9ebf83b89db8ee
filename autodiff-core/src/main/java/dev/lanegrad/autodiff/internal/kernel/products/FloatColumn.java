package dev.lanegrad.autodiff.internal.kernel.products;

import dev.lanegrad.autodiff.internal.Twins;

/** The loops of {@link ColumnLoop} over floats. */
@Twins(double.class)
final class FloatColumn {
  private FloatColumn() {}

  /** What is left of the chains of a row from step {@code done} on. */
  static void finish(
      float[] lines,
      int from,
      float[] column,
      int start,
      int done,
      int inner,
      float[] chains,
      int at) {
    for (int k = done; k < inner; k++) {
      int chain = at + k % ColumnLoop.CHAINS;
      chains[chain] = Math.fma(lines[from + k], column[start + k], chains[chain]);
    }
  }

  /** Adds up the chains of a row. */
  static float sum(float[] chains, int at) {
    for (int distance = ColumnLoop.CHAINS / 2; distance > 0; distance /= 2) {
      for (int l = at; l < at + distance; l++) {
        chains[l] += chains[l + distance];
      }
    }
    return chains[at];
  }
}
