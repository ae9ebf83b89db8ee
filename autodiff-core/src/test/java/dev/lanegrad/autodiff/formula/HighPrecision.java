package dev.lanegrad.autodiff.formula;

import static java.math.BigDecimal.ONE;
import static java.math.BigDecimal.TWO;
import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The elementary functions to about forty digits, by series and Newton steps that share nothing
 * with the recipes under test. Slow.
 */
final class HighPrecision {
  private static final MathContext DIGITS = new MathContext(50);
  private static final MathContext WIDE = new MathContext(90);
  private static final BigDecimal HALF = new BigDecimal("0.5");

  private static final BigDecimal PI = machinPi();
  private static final BigDecimal HALF_PI = PI.multiply(HALF);
  private static final BigDecimal LN2 = areaTangent(ONE.divide(of(3), WIDE), WIDE).multiply(TWO);
  private static final BigDecimal LN10 =
      LN2.multiply(of(3)).add(areaTangent(ONE.divide(of(9), WIDE), WIDE).multiply(TWO));
  private static final BigDecimal SQRT_PI = PI.sqrt(DIGITS);
  private static final BigDecimal SQRT2 = TWO.sqrt(DIGITS);

  private HighPrecision() {}

  static BigDecimal of(double x) {
    return new BigDecimal(x);
  }

  static BigDecimal exp(BigDecimal x) {
    // Beyond every floating-point range: the limits stand for overflow and underflow
    BigDecimal within = x.min(of(5000)).max(of(-5000));
    int k = within.divide(LN2, DIGITS).setScale(0, RoundingMode.HALF_EVEN).intValueExact();
    BigDecimal r = within.subtract(LN2.multiply(of(k)), WIDE);
    BigDecimal y = expSeries(r.divide(of(256), DIGITS)).add(ONE);
    for (int i = 0; i < 8; i++) {
      y = times(y, y);
    }
    return times(y, TWO.pow(k, DIGITS));
  }

  static BigDecimal expm1(BigDecimal x) {
    return x.abs().compareTo(HALF) < 0 ? expSeries(x) : plus(exp(x), ONE.negate());
  }

  private static BigDecimal expSeries(BigDecimal x) {
    BigDecimal sum = ZERO;
    BigDecimal term = x.round(DIGITS);
    for (int n = 2; matters(term, sum, DIGITS); n++) {
      sum = sum.add(term, DIGITS);
      term = times(term, x).divide(of(n), DIGITS);
    }
    return sum;
  }

  static BigDecimal log(BigDecimal x) {
    if (x.subtract(ONE).abs().compareTo(of(0.0625)) < 0) {
      return log1p(x.subtract(ONE));
    }
    int tens = x.precision() - x.scale();
    BigDecimal mantissa = x.scaleByPowerOfTen(-tens);
    // A Newton step from the double result: log m = y + log(m e^-y)
    BigDecimal y = of(StrictMath.log(mantissa.doubleValue()));
    BigDecimal d = times(mantissa, exp(y.negate())).subtract(ONE);
    return y.add(log1p(d)).add(LN10.multiply(of(tens)), DIGITS);
  }

  static BigDecimal log1p(BigDecimal x) {
    return x.abs().compareTo(of(0.125)) < 0
        ? areaTangent(over(x, plus(x, TWO)), DIGITS).multiply(TWO)
        : log(plus(x, ONE));
  }

  static BigDecimal log2(BigDecimal x) {
    return over(log(x), LN2);
  }

  static BigDecimal log10(BigDecimal x) {
    return over(log(x), LN10);
  }

  static BigDecimal sigmoid(BigDecimal x) {
    return over(ONE, plus(exp(x.negate()), ONE));
  }

  static BigDecimal softplus(BigDecimal x) {
    return plus(x.max(ZERO), log1p(exp(x.abs().negate())));
  }

  static BigDecimal sinh(BigDecimal x) {
    BigDecimal e = expm1(x.abs());
    return signed(times(plus(e, over(e, plus(e, ONE))), HALF), x);
  }

  static BigDecimal cosh(BigDecimal x) {
    return times(plus(exp(x), exp(x.negate())), HALF);
  }

  static BigDecimal tanh(BigDecimal x) {
    BigDecimal e = expm1(x.add(x));
    return over(e, plus(e, TWO));
  }

  static BigDecimal asinh(BigDecimal x) {
    BigDecimal a = x.abs();
    BigDecimal square = times(a, a);
    BigDecimal rest = over(square, plus(plus(square, ONE).sqrt(DIGITS), ONE));
    return signed(log1p(plus(a, rest)), x);
  }

  static BigDecimal acosh(BigDecimal x) {
    BigDecimal t = x.subtract(ONE);
    return log1p(plus(t, times(t, plus(t, TWO)).sqrt(DIGITS)));
  }

  static BigDecimal atanh(BigDecimal x) {
    BigDecimal a = x.abs();
    return signed(log1p(over(a.add(a), plus(ONE, a.negate()))).multiply(HALF), x);
  }

  static BigDecimal sin(BigDecimal x) {
    return sinOfQuadrant(x, 0);
  }

  static BigDecimal cos(BigDecimal x) {
    return sinOfQuadrant(x, 1);
  }

  static BigDecimal tan(BigDecimal x) {
    return over(sin(x), cos(x));
  }

  /** sin(x + shift pi/2). */
  private static BigDecimal sinOfQuadrant(BigDecimal x, int shift) {
    BigDecimal k = x.divide(HALF_PI, DIGITS).setScale(0, RoundingMode.HALF_EVEN);
    BigDecimal r = x.subtract(k.multiply(HALF_PI), WIDE).round(DIGITS);
    long quadrant = k.longValueExact() + shift & 3;
    BigDecimal y = alternating((quadrant & 1) == 0 ? r : ONE, r, (int) (quadrant & 1));
    return quadrant < 2 ? y : y.negate();
  }

  /** Taylor's series of the sine, from {@code term} r and skip 0, or the cosine, from 1 and 1. */
  private static BigDecimal alternating(BigDecimal term, BigDecimal r, int skip) {
    BigDecimal minusSquare = times(r, r).negate();
    BigDecimal sum = ZERO;
    for (int n = 2 - skip; matters(term, sum, DIGITS); n += 2) {
      sum = sum.add(term, DIGITS);
      term = times(term, minusSquare).divide(of(n * (n + 1)), DIGITS);
    }
    return sum;
  }

  static BigDecimal atan(BigDecimal x) {
    if (x.abs().compareTo(of(0.0625)) < 0) {
      return tangentSeries(x, DIGITS, -1);
    }
    // A Newton step from the double result: atan x = y + atan((x - tan y) / (1 + x tan y))
    BigDecimal y = of(StrictMath.atan(x.doubleValue()));
    BigDecimal tan = tan(y);
    return y.add(atan(over(x.subtract(tan), times(x, tan).add(ONE))), DIGITS);
  }

  static BigDecimal atan2(BigDecimal y, BigDecimal x) {
    if (x.signum() == 0) {
      return HALF_PI.multiply(of(y.signum()));
    }
    BigDecimal angle = atan(over(y, x));
    BigDecimal turn = y.signum() < 0 ? PI.negate() : PI;
    return x.signum() > 0 ? angle : angle.add(turn, DIGITS);
  }

  static BigDecimal asin(BigDecimal x) {
    BigDecimal cosineSquare = times(plus(ONE, x.negate()), plus(ONE, x));
    return atan2(x, cosineSquare.sqrt(DIGITS));
  }

  static BigDecimal acos(BigDecimal x) {
    BigDecimal sine = plus(ONE, x.negate()).sqrt(DIGITS);
    return atan2(sine, plus(ONE, x).sqrt(DIGITS)).multiply(TWO);
  }

  static BigDecimal erf(BigDecimal x) {
    if (x.abs().compareTo(TWO) > 0) {
      return signed(ONE.subtract(erfc(x.abs()), DIGITS), x);
    }
    // Every term is positive: 2 / sqrt(pi) e^-x^2 sum of x (2 x^2)^n / (1 * 3 * ... * (2 n + 1))
    BigDecimal square = times(x, x);
    BigDecimal sum = ZERO;
    BigDecimal term = x.round(DIGITS);
    for (int n = 3; matters(term, sum, DIGITS); n += 2) {
      sum = sum.add(term, DIGITS);
      term = times(term, square.add(square)).divide(of(n), DIGITS);
    }
    return over(times(sum.add(sum), exp(square.negate())), SQRT_PI);
  }

  static BigDecimal erfc(BigDecimal x) {
    if (x.compareTo(TWO) <= 0) {
      return x.compareTo(of(-2)) < 0
          ? TWO.subtract(erfc(x.negate()), DIGITS)
          : ONE.subtract(erf(x), DIGITS);
    }
    // e^-x^2 / sqrt(pi) over the continued fraction x + (1/2) / (x + 1 / (x + (3/2) / ...))
    BigDecimal near = x.min(of(60)).round(DIGITS);
    BigDecimal square = times(near, near);
    BigDecimal fraction = near;
    for (int n = 20 + (int) (1100 / square.doubleValue()); n > 0; n--) {
      fraction = near.add(of(n * 0.5).divide(fraction, DIGITS), DIGITS);
    }
    return over(exp(square.negate()), times(SQRT_PI, fraction));
  }

  static BigDecimal gelu(BigDecimal x) {
    return times(x, erfc(over(x.negate(), SQRT2))).multiply(HALF);
  }

  static BigDecimal cbrt(BigDecimal x) {
    BigDecimal y = of(StrictMath.cbrt(x.doubleValue()));
    for (int i = 0; i < 2 && y.signum() != 0; i++) {
      BigDecimal square = times(y, y);
      y = y.subtract(over(times(square, y).subtract(x), square.multiply(of(3))), DIGITS);
    }
    return y;
  }

  /** For a negative {@code x}, {@code y} has to be an integer. */
  static BigDecimal pow(BigDecimal x, BigDecimal y) {
    BigDecimal magnitude = exp(times(y, log(x.abs())));
    boolean odd = x.signum() < 0 && y.remainder(TWO).signum() != 0;
    return odd ? magnitude.negate() : magnitude;
  }

  private static BigDecimal machinPi() {
    BigDecimal fifth = tangentSeries(ONE.divide(of(5), WIDE), WIDE, -1);
    BigDecimal small = tangentSeries(ONE.divide(of(239), WIDE), WIDE, -1);
    return fifth.multiply(of(16)).subtract(small.multiply(of(4)));
  }

  /** artanh x, half of log((1 + x) / (1 - x)). */
  private static BigDecimal areaTangent(BigDecimal x, MathContext context) {
    return tangentSeries(x, context, 1);
  }

  /** The series of atan x (sign -1) or artanh x (sign 1). */
  private static BigDecimal tangentSeries(BigDecimal x, MathContext context, int sign) {
    BigDecimal square = x.multiply(x, context).multiply(of(sign));
    BigDecimal sum = ZERO;
    BigDecimal power = x.round(context);
    for (int n = 1; matters(power, sum, context); n += 2) {
      sum = sum.add(power.divide(of(n), context), context);
      power = power.multiply(square, context);
    }
    return sum;
  }

  private static boolean matters(BigDecimal term, BigDecimal sum, MathContext context) {
    return term.signum() != 0
        && (sum.signum() == 0 || exponent(term) > exponent(sum) - context.getPrecision());
  }

  private static int exponent(BigDecimal x) {
    return x.precision() - x.scale();
  }

  private static BigDecimal plus(BigDecimal a, BigDecimal b) {
    return a.add(b, DIGITS);
  }

  private static BigDecimal times(BigDecimal a, BigDecimal b) {
    return a.multiply(b, DIGITS);
  }

  private static BigDecimal over(BigDecimal a, BigDecimal b) {
    return a.divide(b, DIGITS);
  }

  private static BigDecimal signed(BigDecimal magnitude, BigDecimal x) {
    return x.signum() < 0 ? magnitude.negate() : magnitude;
  }
}
