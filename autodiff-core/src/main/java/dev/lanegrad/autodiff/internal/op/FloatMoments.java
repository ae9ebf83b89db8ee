package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.Twins;

/** The loops of {@link Moments} and {@link Scales} over floats. */
@Twins(double.class)
final class FloatMoments {
  private FloatMoments() {}

  /** Whether no line has to be scaled or shifted, by its mean and its sum of squares. */
  static boolean areUsual(float[] means, float[] squares, int lines, int count, boolean small) {
    for (int i = 0; i < lines; i++) {
      if (Scales.isUnusual(squares[i], DType.FLOAT32, small)
          || Moments.cancels(means[i], squares[i], count, DType.FLOAT32)) {
        return false;
      }
    }
    return true;
  }

  /** Whether numbers are in a range; NaN is in none. */
  static boolean areBetween(float[] numbers, int count, float least, float largest) {
    for (int i = 0; i < count; i++) {
      if (!(numbers[i] >= least && numbers[i] <= largest)) {
        return false;
      }
    }
    return true;
  }
}
