package dev.lanegrad.autodiff.internal.kernel.loops;

import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.internal.Twins;

/** The loop of {@link LaneTree} over floats. */
@Twins(double.class)
final class FloatLaneTree {
  private FloatLaneTree() {}

  /** Spells out {@link Reduction#combine}: a virtual call an element would cost more than it. */
  static void combine(
      Reduction reduction, float[] lanes, int from, int count, int lines, float[] result, int at) {
    boolean sum = reduction == Reduction.SUM;
    boolean max = reduction == Reduction.MAX;
    int top = Math.min(LaneTree.LANES / 2, Integer.highestOneBit(Math.max(count - 1, 1)));
    for (int line = 0; line < lines; line++) {
      int start = from + line * count;
      for (int half = top; half >= 1; half /= 2) {
        for (int l = start; l < start + Math.min(half, count - half); l++) {
          float a = lanes[l];
          float b = lanes[l + half];
          boolean first = (max ? a > b : a < b) || Float.isNaN(a);
          lanes[l] = sum ? a + b : first ? a : b;
        }
      }
      result[at + line] = lanes[start];
    }
  }
}
