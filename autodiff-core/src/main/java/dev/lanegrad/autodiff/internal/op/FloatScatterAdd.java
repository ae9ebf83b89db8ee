package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.internal.Twins;

/** The loops of {@link ScatterAdd} over floats, each of which is added to a sum of its own kind. */
@Twins(double.class)
final class FloatScatterAdd {
  private FloatScatterAdd() {}

  /** Adds runs of elements to those that are picked. */
  static void add(float[] from, int start, Indices.Picks picks, int count, int run, float[] to) {
    if (run == 1) {
      int[] numbers = picks.numbers();
      int first = picks.first();
      int base = picks.base();
      for (int i = 0; i < count; i++) {
        to[base + numbers[first + i]] += from[start + i];
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      int row = start + i * run;
      int at = picks.run(i) * run;
      for (int j = 0; j < run; j++) {
        to[at + j] += from[row + j];
      }
    }
  }
}
