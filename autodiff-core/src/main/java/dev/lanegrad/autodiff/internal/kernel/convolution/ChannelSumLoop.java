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
  static final int LANES = 8;
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
                      : FloatChannelSum.channel((float[]) x, start, step, batch, plane);
            } else {
              ((double[]) sums)[c] =
                  DoubleChannelSum.channel((double[]) x, start, step, batch, plane);
            }
          }
        });
  }

  private static float longChannel(float[] x, int start, int step, int batch, int plane) {
    double sum = 0;
    for (int n = 0; n < batch; n++) {
      int from = start + n * step;
      for (int first = 0; first < plane; first += BLOCK) {
        sum += FloatChannelSum.block(x, from + first, Math.min(BLOCK, plane - first));
      }
    }
    return (float) sum;
  }
}
