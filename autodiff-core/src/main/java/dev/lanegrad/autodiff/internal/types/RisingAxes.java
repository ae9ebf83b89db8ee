package dev.lanegrad.autodiff.internal.types;

import java.util.Arrays;

/** Axes in the order in which operations keep them. */
public final class RisingAxes {
  private RisingAxes() {}

  /** The axes in order, each once. */
  public static int[] of(int... axes) {
    return isRising(axes) ? axes.clone() : Arrays.stream(axes).sorted().distinct().toArray();
  }

  private static boolean isRising(int... axes) {
    for (int i = 1; i < axes.length; i++) {
      if (axes[i] <= axes[i - 1]) {
        return false;
      }
    }
    return true;
  }
}
