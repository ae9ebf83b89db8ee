package dev.lanegrad.autodiff.internal.kernel.convolution;

import dev.lanegrad.autodiff.internal.Twins;

/** The loops of {@link ChannelSumLoop} over floats. */
@Twins(double.class)
final class FloatChannelSum {
  private FloatChannelSum() {}

  /** The sum of a channel's planes, {@code step} apart. */
  static float channel(float[] x, int start, int step, int batch, int plane) {
    float sum = 0;
    for (int n = 0; n < batch; n++) {
      sum += block(x, start + n * step, plane);
    }
    return sum;
  }

  /** The sum of neighbours, eight partial sums at once. */
  static float block(float[] x, int from, int count) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    float e = 0;
    float f = 0;
    float g = 0;
    float h = 0;
    int whole = from + count / ChannelSumLoop.LANES * ChannelSumLoop.LANES;
    for (int i = from; i < whole; i += ChannelSumLoop.LANES) {
      a += x[i];
      b += x[i + 1];
      c += x[i + 2];
      d += x[i + 3];
      e += x[i + 4];
      f += x[i + 5];
      g += x[i + 6];
      h += x[i + 7];
    }
    float sum = ((a + b) + (c + d)) + ((e + f) + (g + h));
    for (int i = whole; i < from + count; i++) {
      sum += x[i];
    }
    return sum;
  }
}
