package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.internal.Twins;

/** The loops of {@link Gather} and {@link Lines} over floats. */
@Twins({double.class, int.class, boolean.class})
final class FloatGather {
  private FloatGather() {}

  /** Copies the single elements that indices pick of an axis to neighbouring places. */
  static void pick(float[] source, int offset, Indices indices, int axisLength, float[] target) {
    int count = indices.count();
    for (int row = 0; row < indices.outer(); row++) {
      Indices.Picks picks = indices.picks(row, axisLength);
      pick(
          source,
          offset + picks.base(),
          picks.numbers(),
          picks.first(),
          count,
          target,
          row * count);
    }
  }

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
