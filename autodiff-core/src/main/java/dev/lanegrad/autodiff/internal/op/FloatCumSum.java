package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.internal.Twins;

/** The loops of {@link CumSum} over floats. */
@Twins(double.class)
final class FloatCumSum {
  private FloatCumSum() {}

  /**
   * Row after row, starting with the one at {@code start}; a line of single elements is its own.
   */
  static void add(float[] from, int start, float[] to, int first, int step, Axis along) {
    if (along.inner() == 1) {
      float sum = from[start];
      to[first] = sum;
      for (int k = 1; k < along.length(); k++) {
        sum += from[start + k * step];
        to[first + k * step] = sum;
      }
      return;
    }
    System.arraycopy(from, start, to, first, along.inner());
    for (int k = 1; k < along.length(); k++) {
      int row = start + k * step;
      int at = first + k * step;
      for (int j = 0; j < along.inner(); j++) {
        to[at + j] = to[at - step + j] + from[row + j];
      }
    }
  }
}
