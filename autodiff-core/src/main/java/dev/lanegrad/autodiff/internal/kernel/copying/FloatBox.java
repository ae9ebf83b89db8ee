package dev.lanegrad.autodiff.internal.kernel.copying;

import dev.lanegrad.autodiff.internal.Twins;

/** The loop of {@link Box} over floats. */
@Twins(double.class)
final class FloatBox {
  private FloatBox() {}

  /** All rows of a box, element by element. */
  static void copy(Box box, float[] source, int first, float[] target, int start) {
    int stepFrom = box.from().column();
    int stepTo = box.to().column();
    int columns = box.columns();
    for (int p = 0; p < box.planes(); p++) {
      for (int r = 0; r < box.rows(); r++) {
        int s = first + p * box.from().plane() + r * box.from().row();
        int t = start + p * box.to().plane() + r * box.to().row();
        for (int c = 0; c < columns; c++) {
          target[t + c * stepTo] = source[s + c * stepFrom];
        }
      }
    }
  }
}
