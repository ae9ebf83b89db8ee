package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.internal.Twins;

/** The loops of {@link Gather} and {@link Lines} over floats. */
@Twins({double.class, int.class, boolean.class})
final class FloatGather {
  private FloatGather() {}

  /** Copies what indices pick of an axis to where it belongs. */
  static void pick(float[] source, int offset, Indices.Places places, float[] target) {
    int base = offset + places.base();
    int[] numbers = places.numbers();
    int first = places.first();
    int count = places.count();
    if (places.run() > 1) {
      pickRuns(source, base, numbers, first, count, places.run(), target, places.at());
    } else if (places.each() > 1) {
      pickEach(source, base, numbers, first, count, places.each(), target, places.at());
    } else {
      pick(source, base, numbers, first, count, target, places.at());
    }
  }

  private static void pickRuns(
      float[] source, int base, int[] numbers, int first, int count, int run, float[] to, int at) {
    for (int i = 0; i < count; i++) {
      System.arraycopy(source, base + numbers[first + i] * run, to, at + i * run, run);
    }
  }

  /** A number for each of the elements behind an index. */
  private static void pickEach(
      float[] source, int base, int[] numbers, int first, int count, int each, float[] to, int at) {
    for (int i = 0; i < count; i++) {
      int row = i * each;
      for (int j = 0; j < each; j++) {
        to[at + row + j] = source[base + numbers[first + row + j] * each + j];
      }
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
