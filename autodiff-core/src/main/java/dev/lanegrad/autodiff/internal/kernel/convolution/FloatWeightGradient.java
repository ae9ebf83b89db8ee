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

  /**
   * Adds the products of an element of each position's window and its gradients to a row of sums,
   * position after position. Four sums stay in registers: a loop over so few channels inside would
   * be all overhead, and this one is fast before C2 has compiled it.
   *
   * @param places where the element lies at the first position of each line, {@code line} apart
   * @param from where the gradients of the first position begin; those of the next are {@code step}
   *     further on
   */
  static void addTap(
      float[] grid,
      int places,
      int line,
      int lines,
      int columns,
      float[] gradients,
      int from,
      int step,
      float[] sums,
      int to,
      int channels) {
    int o = 0;
    for (; o + 4 <= channels; o += 4) {
      float sum0 = sums[to + o];
      float sum1 = sums[to + o + 1];
      float sum2 = sums[to + o + 2];
      float sum3 = sums[to + o + 3];
      int g = from + o;
      for (int l = 0; l < lines; l++) {
        int place = places + l * line;
        for (int q = 0; q < columns; q++) {
          float element = grid[place + q];
          sum0 = Math.fma(element, gradients[g], sum0);
          sum1 = Math.fma(element, gradients[g + 1], sum1);
          sum2 = Math.fma(element, gradients[g + 2], sum2);
          sum3 = Math.fma(element, gradients[g + 3], sum3);
          g += step;
        }
      }
      sums[to + o] = sum0;
      sums[to + o + 1] = sum1;
      sums[to + o + 2] = sum2;
      sums[to + o + 3] = sum3;
    }
    for (; o < channels; o++) {
      float sum = sums[to + o];
      int g = from + o;
      for (int l = 0; l < lines; l++) {
        int place = places + l * line;
        for (int q = 0; q < columns; q++) {
          sum = Math.fma(grid[place + q], gradients[g], sum);
          g += step;
        }
      }
      sums[to + o] = sum;
    }
  }
}
