package dev.lanegrad.autodiff.internal.kernel.copying;

import dev.lanegrad.autodiff.internal.Twins;

/**
 * The loops of {@link RowTurner} over floats: two or three rows in one pass, as many as leave the
 * JIT a register for each place that it reads and writes.
 */
@Twins(double.class)
final class FloatRowTurner {
  private FloatRowTurner() {}

  /** See {@link RowTurner#run}. */
  static void turn(
      float[] from,
      int offset,
      int step,
      int depthStep,
      int count,
      int depth,
      float[] to,
      int at,
      int width) {
    int i = 0;
    if (depthStep == 1) {
      for (; i + 3 <= count && i + 4 != count; i += 3) {
        three(from, offset + i * step, step, depth, to, at + i, width);
      }
      for (; i + 2 <= count; i += 2) {
        two(from, offset + i * step, step, depth, to, at + i, width);
      }
    }
    for (; i < count; i++) {
      one(from, offset + i * step, depthStep, depth, to, at + i, width);
    }
  }

  private static void three(
      float[] from, int first, int step, int depth, float[] to, int at, int width) {
    int second = first + step;
    int third = second + step;
    int target = at;
    for (int k = 0; k < depth; k++) {
      to[target] = from[first + k];
      to[target + 1] = from[second + k];
      to[target + 2] = from[third + k];
      target += width;
    }
  }

  private static void two(
      float[] from, int first, int step, int depth, float[] to, int at, int width) {
    int second = first + step;
    int target = at;
    for (int k = 0; k < depth; k++) {
      to[target] = from[first + k];
      to[target + 1] = from[second + k];
      target += width;
    }
  }

  private static void one(
      float[] from, int first, int depthStep, int depth, float[] to, int at, int width) {
    for (int k = 0; k < depth; k++) {
      to[at + k * width] = from[first + k * depthStep];
    }
  }
}
