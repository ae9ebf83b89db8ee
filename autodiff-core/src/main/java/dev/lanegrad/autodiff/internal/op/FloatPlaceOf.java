package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.internal.Twins;
import java.util.Arrays;

/** The loops of {@link PlaceOf} over floats. */
@Twins(double.class)
final class FloatPlaceOf {
  private FloatPlaceOf() {}

  /** The first place of the value of each line. */
  static void find(
      float[] values, int first, float[] best, int firstBest, Axis along, int[] places) {
    int inner = along.inner();
    if (inner == 1) {
      for (int line = 0; line < along.lines(); line++) {
        int start = first + line * along.length();
        places[line] = find(values, start, start + along.length(), best[firstBest + line]);
      }
      return;
    }
    Arrays.fill(places, 0, along.lines(), -1);
    for (int line = 0; line < along.lines(); line += inner) {
      int left = inner;
      int row = first + line * along.length();
      for (int k = 0; k < along.length() && left > 0; k++, row += inner) {
        for (int j = 0; j < inner; j++) {
          float value = values[row + j];
          float wanted = best[firstBest + line + j];
          boolean found = value == wanted || (Float.isNaN(value) && Float.isNaN(wanted));
          if (found && places[line + j] < 0) {
            places[line + j] = k;
            left--;
          }
        }
      }
    }
  }

  /** What is there, from {@code start} to {@code end}. */
  private static int find(float[] values, int start, int end, float wanted) {
    int i = start;
    if (Float.isNaN(wanted)) {
      while (i < end && !Float.isNaN(values[i])) {
        i++;
      }
    } else {
      while (i < end && values[i] != wanted) {
        i++;
      }
    }
    return i < end ? i - start : -1;
  }
}
