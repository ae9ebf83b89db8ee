package dev.lanegrad.autodiff.internal.kernel.copying;


/**
 * Rows become columns, element by element: two or three rows in one pass, as many as leave the JIT
 * a register for each place that it reads and writes.
 */
final class RowTurner {
  private RowTurner() {}

  /**
   * Copies to {@code to[at + k * width + i]} what lies at {@code offset + i * step + k * depthStep}
   * for i below {@code count} and k below {@code depth}.
   */
  static void run(
      Object from,
      int offset,
      int step,
      int depthStep,
      int count,
      int depth,
      Object to,
      int at,
      int width) {
    if (from instanceof float[] floats) {
      turn(floats, offset, step, depthStep, count, depth, (float[]) to, at, width);
    } else {
      turn((double[]) from, offset, step, depthStep, count, depth, (double[]) to, at, width);
    }
  }

  private static void turn(
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

  private static void turn(
      double[] from,
      int offset,
      int step,
      int depthStep,
      int count,
      int depth,
      double[] to,
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
      double[] from, int first, int step, int depth, double[] to, int at, int width) {
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
      double[] from, int first, int step, int depth, double[] to, int at, int width) {
    int second = first + step;
    int target = at;
    for (int k = 0; k < depth; k++) {
      to[target] = from[first + k];
      to[target + 1] = from[second + k];
      target += width;
    }
  }

  private static void one(
      double[] from, int first, int depthStep, int depth, double[] to, int at, int width) {
    for (int k = 0; k < depth; k++) {
      to[at + k * width] = from[first + k * depthStep];
    }
  }
}
