package dev.lanegrad.autodiff.internal.kernel.convolution;

import dev.lanegrad.autodiff.internal.kernel.arrays.ShortChains;
import dev.lanegrad.autodiff.internal.kernel.threads.Workers;

/**
 * The sum of each channel over a batch. In a plane element e is added to partial sum e modulo 8,
 * which the processor works on side by side; these are added in pairs, then what is left over after
 * whole eights, and planes in the order of the batch. Where such a chain of float32 would have more
 * than 1,024 terms, planes are cut into blocks of 1,024 elements, whose sums are added in float64.
 */
public final class ChannelSumLoop {
  private static final int LANES = 8;
  private static final int CHAIN = ShortChains.MOST_TERMS;
  private static final int BLOCK = 1_024;

  private ChannelSumLoop() {}

  /** From [batch, channels, plane] to [channels]. */
  public static void run(int batch, int channels, int plane, Object x, int offset, Object sums) {
    Workers.ranges(
        channels,
        16L * batch * channels * plane,
        (_, begin, end) -> {
          for (int c = begin; c < end; c++) {
            int start = offset + c * plane;
            int step = channels * plane;
            if (sums instanceof float[] floats) {
              floats[c] =
                  batch > CHAIN || plane > LANES * CHAIN
                      ? longChannel((float[]) x, start, step, batch, plane)
                      : channel((float[]) x, start, step, batch, plane);
            } else {
              ((double[]) sums)[c] = channel((double[]) x, start, step, batch, plane);
            }
          }
        });
  }

  private static float channel(float[] x, int start, int step, int batch, int plane) {
    float sum = 0;
    for (int n = 0; n < batch; n++) {
      sum += block(x, start + n * step, plane);
    }
    return sum;
  }

  private static float longChannel(float[] x, int start, int step, int batch, int plane) {
    double sum = 0;
    for (int n = 0; n < batch; n++) {
      int from = start + n * step;
      for (int first = 0; first < plane; first += BLOCK) {
        sum += block(x, from + first, Math.min(BLOCK, plane - first));
      }
    }
    return (float) sum;
  }

  private static float block(float[] x, int from, int count) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    float e = 0;
    float f = 0;
    float g = 0;
    float h = 0;
    int whole = from + count / LANES * LANES;
    for (int i = from; i < whole; i += LANES) {
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

  private static double channel(double[] x, int start, int step, int batch, int plane) {
    double sum = 0;
    for (int n = 0; n < batch; n++) {
      sum += block(x, start + n * step, plane);
    }
    return sum;
  }

  private static double block(double[] x, int from, int count) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    double e = 0;
    double f = 0;
    double g = 0;
    double h = 0;
    int whole = from + count / LANES * LANES;
    for (int i = from; i < whole; i += LANES) {
      a += x[i];
      b += x[i + 1];
      c += x[i + 2];
      d += x[i + 3];
      e += x[i + 4];
      f += x[i + 5];
      g += x[i + 6];
      h += x[i + 7];
    }
    double sum = ((a + b) + (c + d)) + ((e + f) + (g + h));
    for (int i = whole; i < from + count; i++) {
      sum += x[i];
    }
    return sum;
  }
}
