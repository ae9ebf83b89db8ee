package dev.lanegrad.examples;

import java.math.BigDecimal;

/** Numbers as people write them. */
final class Decimals {
  private Decimals() {}

  /** All digits that tell a number from others, without an exponent: 0.0003 and not 3.0E-4. */
  static String plain(double number) {
    return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
  }
}
