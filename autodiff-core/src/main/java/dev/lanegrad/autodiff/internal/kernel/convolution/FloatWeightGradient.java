package dev.lanegrad.autodiff.internal.kernel.convolution;

import dev.lanegrad.autodiff.internal.Twins;

/** The loop of {@link WeightGradientLoop} over floats. */
@Twins(double.class)
final class FloatWeightGradient {
  private FloatWeightGradient() {}

  /** Channels of positions become neighbours, four in one pass. */
  static void turn(
      float[] source,
      int from,
      int channel,
      int step,
      float[] target,
      int at,
      int row,
      int channels,
      int columns) {
    int o = 0;
    for (; o + 4 <= channels; o += 4) {
      int s = from + o * channel;
      int t = at + o;
      for (int q = 0; q < columns; q++) {
        target[t] = source[s];
        target[t + 1] = source[s + channel];
        target[t + 2] = source[s + 2 * channel];
        target[t + 3] = source[s + 3 * channel];
        s += step;
        t += row;
      }
    }
    for (; o < channels; o++) {
      for (int q = 0; q < columns; q++) {
        target[at + o + q * row] = source[from + o * channel + q * step];
      }
    }
  }
}
