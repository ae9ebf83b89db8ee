package dev.lanegrad.plots;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Numbers along a linear axis as XChart gets them, some units from 0, and the text that says what
 * they stand for. Given the numbers themselves, it looks for round ticks without end where these
 * are far from 1 or next to each other.
 *
 * @param start what 0 stands for, in units
 * @param exponent the unit is 10 to this power
 */
record Scale(long start, int exponent) {
  /** Where numbers differ in later digits than this, they are counted from the lowest. */
  private static final double CLOSE = 1e-3;

  private static final int DIGITS = 8;
  private static final int LARGEST_PLAIN = 8;
  private static final int SMALLEST_PLAIN = -5;

  static Scale of(double low, double high) {
    double largest = Math.max(Math.abs(low), Math.abs(high));
    double span = high - low;
    if (span == 0 || span > CLOSE * largest) {
      return new Scale(0, largest == 0 ? 0 : exponent(largest));
    }
    int exponent = exponent(span);
    return new Scale(Math.round(low / Math.pow(10, exponent)), exponent);
  }

  private static int exponent(double value) {
    return (int) Math.floor(Math.log10(value));
  }

  double place(double value) {
    return value / Math.pow(10, exponent) - start;
  }

  double[] places(double[] values) {
    double[] places = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      places[i] = place(values[i]);
    }
    return places;
  }

  /** The number at a place: 250, 0.25, 2.5e-7. */
  String label(double place) {
    BigDecimal value =
        new BigDecimal(place)
            .setScale(DIGITS, RoundingMode.HALF_EVEN)
            .add(BigDecimal.valueOf(start))
            .scaleByPowerOfTen(exponent)
            .stripTrailingZeros();
    if (value.signum() == 0) {
      return "0";
    }
    int magnitude = value.precision() - value.scale() - 1;
    return magnitude < SMALLEST_PLAIN || magnitude > LARGEST_PLAIN
        ? value.movePointLeft(magnitude).toPlainString() + "e" + magnitude
        : value.toPlainString();
  }
}
