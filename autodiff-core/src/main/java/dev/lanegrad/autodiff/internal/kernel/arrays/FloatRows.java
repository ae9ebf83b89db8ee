package dev.lanegrad.autodiff.internal.kernel.arrays;

import dev.lanegrad.autodiff.internal.Twins;

/** The loops of {@link Rows} over floats. */
@Twins(double.class)
final class FloatRows {
  private FloatRows() {}

  static void gather(float[] source, int from, int step, float[] target, int to, int n) {
    for (int i = 0; i < n; i++) {
      target[to + i] = source[from + i * step];
    }
  }

  static void scatter(float[] source, int from, float[] target, int to, int step, int n) {
    for (int i = 0; i < n; i++) {
      target[to + i * step] = source[from + i];
    }
  }

  static void scatterAdd(float[] source, int from, float[] target, int to, int step, int n) {
    for (int i = 0; i < n; i++) {
      target[to + i * step] += source[from + i];
    }
  }

  static void addScaled(float factor, float[] source, int from, float[] target, int to, int count) {
    for (int i = 0; i < count; i++) {
      target[to + i] = Math.fma(factor, source[from + i], target[to + i]);
    }
  }

  static void add(float[] source, float[] target, int from, int end) {
    for (int i = from; i < end; i++) {
      target[i] += source[i];
    }
  }

  static void copy(
      float[] source, int from, float[] target, int to, int step, int rows, int count) {
    int all = (rows - 1) * step + count;
    System.arraycopy(source, from, target, to, all);
    for (int gap = to + count; gap < to + step; gap++) {
      for (int i = gap; i < to + all; i += step) {
        target[i] = 0;
      }
    }
  }
}
