package dev.lanegrad.autodiff.internal.kernel.convolution;

import dev.lanegrad.autodiff.internal.Twins;

/** The loops of {@link PackedWeight} over floats. */
@Twins(double.class)
final class FloatFactors {
  private static final int FOUR = 4;

  private FloatFactors() {}

  /**
   * For each channel of the source and tap the factors of {@code height} channels of the result.
   *
   * @param source from one channel of the source to the next
   * @param taps where in it the elements of the kernel lie
   * @param result from one channel of the result to the next
   */
  static void pack(
      float[] from,
      int first,
      int source,
      int sources,
      int[] taps,
      int result,
      int height,
      float[] to,
      int at) {
    int target = at;
    for (int c = 0; c < sources; c++) {
      int channel = first + c * source;
      if (height == FOUR) {
        four(from, channel, taps, result, to, target);
        target += FOUR * taps.length;
        continue;
      }
      for (int tap : taps) {
        for (int i = 0; i < height; i++) {
          to[target + i] = from[channel + tap + i * result];
        }
        target += height;
      }
    }
  }

  private static void four(float[] from, int channel, int[] taps, int result, float[] to, int at) {
    int target = at;
    for (int tap : taps) {
      int first = channel + tap;
      to[target] = from[first];
      to[target + 1] = from[first + result];
      to[target + 2] = from[first + 2 * result];
      to[target + 3] = from[first + 3 * result];
      target += FOUR;
    }
  }
}
