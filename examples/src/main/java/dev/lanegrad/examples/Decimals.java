package dev.lanegrad.examples;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as people write them. */
final class Decimals {
  private Decimals() {}

  /** All digits that tell a number from others, without an exponent: 0.0003 and not 3.0E-4. */
  static String plain(double number) {
    return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
  }

  /** Six digits at most: 0.03 and not 0.030000000000000006. */
  static String rounded(double number) {
    return plain(new BigDecimal(number).round(new MathContext(6)).doubleValue());
  }
}
