package dev.lanegrad.autodiff.internal.kernel;

/**
 * The sum of each channel over a batch. In a plane element e is added to partial sum e modulo 8,
 * which the processor works on side by side; these are added in pairs, then what is left over after
 * whole eights, and planes in the order of the batch.
 */
public final class ChannelSumLoop {
  private static final int LANES = 8;

  private ChannelSumLoop() {}

  /** From [batch, channels, plane] to [channels]. */
  public static void run(int batch, int channels, int plane, Object x, int offset, Object sums) {
    Workers.ranges(
        channels,
        16L * batch * channels * plane,
        (_, begin, end) -> {
          for (int c = begin; c < end; c++) {
            if (sums instanceof float[] floats) {
              float sum = 0;
              for (int n = 0; n < batch; n++) {
                sum += plane((float[]) x, offset + (n * channels + c) * plane, plane);
              }
              floats[c] = sum;
            } else {
              double sum = 0;
              for (int n = 0; n < batch; n++) {
                sum += plane((double[]) x, offset + (n * channels + c) * plane, plane);
              }
              ((double[]) sums)[c] = sum;
            }
          }
        });
  }

  private static float plane(float[] x, int from, int count) {
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

  private static double plane(double[] x, int from, int count) {
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
