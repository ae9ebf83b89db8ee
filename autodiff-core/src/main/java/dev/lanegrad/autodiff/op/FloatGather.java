package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.internal.Twins;

/** The loop of {@link Gather} over floats. */
@Twins({double.class, int.class, boolean.class})
final class FloatGather {
  private FloatGather() {}

  /**
   * Copies elements to neighbouring places.
   *
   * @param numbers for each result where its element is, counted from {@code base}
   * @param first of the numbers
   */
  static void pick(
      float[] source, int base, int[] numbers, int first, int count, float[] target, int at) {
    for (int i = 0; i < count; i++) {
      target[at + i] = source[base + numbers[first + i]];
    }
  }
}
