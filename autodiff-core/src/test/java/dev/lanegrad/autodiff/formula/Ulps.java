package dev.lanegrad.autodiff.formula;

import dev.lanegrad.autodiff.DType;
import java.math.BigDecimal;
import java.math.MathContext;

/** Errors of results, in units in the last place of the exact result. */
final class Ulps {
  private Ulps() {}

  /** The error of a float32 result against one in double arithmetic. */
  static double error32(double result, double exact) {
    double within = Math.clamp(exact, -0x1p128, 0x1p128);
    int exponent = Math.clamp(Math.getExponent(within), -126, 127);
    double computed = Math.clamp(result, -0x1p128, 0x1p128);
    return Math.scalb(Math.abs(computed - within), 23 - exponent);
  }

  /** Infinity counts as the power of two that ends the range, whatever exceeds it too. */
  static double error(double result, BigDecimal exact, DType dtype) {
    if (Double.isNaN(result)) {
      return Double.NaN;
    }
    int top = dtype == DType.FLOAT32 ? 127 : 1023;
    int fraction = dtype == DType.FLOAT32 ? 23 : 52;
    BigDecimal limit = BigDecimal.TWO.pow(top + 1);
    BigDecimal within = exact.min(limit).max(limit.negate());
    BigDecimal computed =
        Double.isInfinite(result)
            ? limit.multiply(new BigDecimal(Math.signum(result)))
            : new BigDecimal(result);
    double rounded = Math.abs(within.doubleValue());
    if (rounded == Math.scalb(1.0, Math.getExponent(rounded))
        && new BigDecimal(Math.min(rounded, Double.MAX_VALUE)).compareTo(within.abs()) > 0) {
      rounded = Math.nextDown(rounded);
    }
    int exponent = Math.clamp(Math.getExponent(rounded), 1 - top, top);
    MathContext digits = MathContext.DECIMAL128;
    BigDecimal difference = computed.subtract(within, digits).abs();
    return difference
        .multiply(BigDecimal.TWO.pow(fraction - exponent, digits), digits)
        .doubleValue();
  }
}
