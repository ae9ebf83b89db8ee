package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.internal.Twins;

/** The loop of {@link Gather} over floats. */
@Twins({double.class, int.class, boolean.class})
final class FloatGather {
  private FloatGather() {}

  /** Copies the elements that are picked to neighbouring places. */
  static void pick(
      float[] source, int offset, Indices.Picks picks, int count, float[] target, int at) {
    int[] numbers = picks.numbers();
    int first = picks.first();
    int base = offset + picks.base();
    for (int i = 0; i < count; i++) {
      target[at + i] = source[base + numbers[first + i]];
    }
  }
}
