package dev.lanegrad.autodiff.internal.kernel.copying;

/** Rows become columns, element by element. */
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
      FloatRowTurner.turn(floats, offset, step, depthStep, count, depth, (float[]) to, at, width);
    } else {
      DoubleRowTurner.turn(
          (double[]) from, offset, step, depthStep, count, depth, (double[]) to, at, width);
    }
  }
}
