package dev.lanegrad.autodiff.internal.kernel;

import dev.lanegrad.autodiff.formula.Reduction;
import java.util.Arrays;

/**
 * The last step of a fold: lane l is combined with lane l + 32, then l + 16, down to l + 1. Lanes
 * that hold the identity are left out, which changes nothing.
 */
final class LaneTree {
  private LaneTree() {}

  /** Combines lanes, at most 64, which are overwritten, into one element of the result. */
  static void combine(
      Reduction reduction, Object lanes, int from, int count, Object result, int at) {
    if (lanes instanceof float[] floats) {
      for (int half = FoldLoop.LANES / 2; half >= 1; half /= 2) {
        for (int l = 0; l < half && l + half < count; l++) {
          floats[from + l] = reduction.combine(floats[from + l], floats[from + l + half]);
        }
      }
      ((float[]) result)[at] = floats[from];
    } else {
      double[] doubles = (double[]) lanes;
      for (int half = FoldLoop.LANES / 2; half >= 1; half /= 2) {
        for (int l = 0; l < half && l + half < count; l++) {
          doubles[from + l] = reduction.combine(doubles[from + l], doubles[from + l + half]);
        }
      }
      ((double[]) result)[at] = doubles[from];
    }
  }

  static void fill(Object array, int from, int count, double number) {
    if (array instanceof float[] floats) {
      Arrays.fill(floats, from, from + count, (float) number);
    } else {
      Arrays.fill((double[]) array, from, from + count, number);
    }
  }
}
