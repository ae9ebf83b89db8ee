package dev.lanegrad.autodiff.formula;

import static java.math.BigDecimal.ONE;
import static java.math.BigDecimal.TWO;
import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The exact derivatives of every function of the table, written without its slopes: where they are
 * sampled far out, how close a slope has to come, and what it is at infinity.
 */
final class SlopeReferences {
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;
  private static final MathContext DIGITS = new MathContext(50);
  private static final BigDecimal HALF = new BigDecimal("0.5");
  private static final BigDecimal THREE = BigDecimal.valueOf(3);
  private static final BigDecimal SIX = BigDecimal.valueOf(6);
  private static final BigDecimal PI = HighPrecision.atan(ONE).multiply(BigDecimal.valueOf(4));
  private static final BigDecimal SELU = new BigDecimal("1.7580993408473768599402175208123");
  private static final BigDecimal SELU_SCALE = new BigDecimal("1.0507009873554804934193349852946");

  private static final Map<ScalarFunction, Reference> REFERENCES =
      new EnumMap<>(ScalarFunction.class);

  /**
   * A derivative.
   *
   * @param size of the largest of the terms that add up to it, which may cancel
   */
  record Slope(BigDecimal value, BigDecimal size) {
    static Slope sum(BigDecimal a, BigDecimal b) {
      return new Slope(a.add(b, DIGITS), a.abs().max(b.abs()));
    }
  }

  /** The derivatives with respect to each argument. */
  interface Exact {
    Slope[] of(BigDecimal... x);
  }

  private interface Simple {
    BigDecimal of(BigDecimal x);
  }

  private interface Sum {
    Slope of(BigDecimal x);
  }

  private interface Pair {
    List<BigDecimal> of(BigDecimal a, BigDecimal b);
  }

  /** Where the samples of one argument lie: magnitudes up to 2^exponent, of one sign or of both. */
  enum Range {
    ANY,
    POSITIVE,
    ABOVE_1,
    ABOVE_MINUS_1,
    INSIDE_1,
    /** What sine and cosine reduce themselves. */
    ANGLE,
    /** From 1 to 2, or from -2 to -1. */
    SMALL
  }

  /**
   * What a derivative should be.
   *
   * @param ulps the largest relative error, in units of the dtype's precision
   * @param atInfinities of the derivative at infinity and -infinity; empty for several arguments
   */
  record Reference(Exact exact, List<Range> ranges, double ulps, double... atInfinities) {}

  static {
    // function, derivative, range, ulps, at infinity, at -infinity
    unary(ScalarFunction.NEG, x -> ONE.negate(), Range.ANY, 0, -1, -1);
    unary(ScalarFunction.ABS, SlopeReferences::sign, Range.ANY, 0, 1, -1);
    unary(ScalarFunction.SIGN, x -> ZERO, Range.ANY, 0, 0, 0);
    unary(ScalarFunction.RECIPROCAL, x -> over(ONE, square(x)).negate(), Range.ANY, 3, 0, 0);
    unary(ScalarFunction.SQUARE, TWO::multiply, Range.ANY, 0, INF, -INF);
    unary(ScalarFunction.SQRT, x -> over(HALF, root(x)), Range.POSITIVE, 2, 0, NAN);
    unary(
        ScalarFunction.RSQRT,
        x -> over(HALF, times(x, root(x))).negate(),
        Range.POSITIVE,
        3,
        0,
        NAN);
    unary(
        ScalarFunction.CBRT,
        x -> over(ONE, times(THREE, square(HighPrecision.cbrt(x)))),
        Range.ANY,
        4,
        0,
        0);
    unary(ScalarFunction.FLOOR, x -> ZERO, Range.ANY, 0, 0, 0);
    unary(ScalarFunction.CEIL, x -> ZERO, Range.ANY, 0, 0, 0);
    unary(ScalarFunction.ROUND, x -> ZERO, Range.ANY, 0, 0, 0);
    unary(ScalarFunction.EXP, HighPrecision::exp, Range.ANY, 2, INF, 0);
    unary(ScalarFunction.EXPM1, HighPrecision::exp, Range.ANY, 2, INF, 0);
    unary(ScalarFunction.LOG, x -> over(ONE, x), Range.POSITIVE, 1, 0, 0);
    unary(ScalarFunction.LOG1P, x -> over(ONE, x.add(ONE)), Range.ABOVE_MINUS_1, 2, 0, 0);
    unary(
        ScalarFunction.LOG2,
        x -> over(ONE, times(x, HighPrecision.log(TWO))),
        Range.POSITIVE,
        3,
        0,
        0);
    unary(
        ScalarFunction.LOG10,
        x -> over(ONE, times(x, HighPrecision.log(BigDecimal.TEN))),
        Range.POSITIVE,
        3,
        0,
        0);
    unary(ScalarFunction.SIN, HighPrecision::cos, Range.ANGLE, 4, NAN, NAN);
    unary(ScalarFunction.COS, x -> HighPrecision.sin(x).negate(), Range.ANGLE, 4, NAN, NAN);
    unary(
        ScalarFunction.TAN, x -> over(ONE, square(HighPrecision.cos(x))), Range.ANGLE, 6, NAN, NAN);
    unary(ScalarFunction.ASIN, x -> over(ONE, root(oneMinusSquare(x))), Range.INSIDE_1, 4);
    unary(ScalarFunction.ACOS, x -> over(ONE, root(oneMinusSquare(x))).negate(), Range.INSIDE_1, 4);
    unary(ScalarFunction.ATAN, x -> over(ONE, square(x).add(ONE)), Range.ANY, 3, 0, 0);
    unary(ScalarFunction.SINH, HighPrecision::cosh, Range.ANY, 4, INF, INF);
    unary(ScalarFunction.COSH, HighPrecision::sinh, Range.ANY, 4, INF, -INF);
    unary(ScalarFunction.TANH, SlopeReferences::sechSquared, Range.ANY, 8, 0, 0);
    unary(
        ScalarFunction.SECH_SQUARED,
        x -> times(times(TWO.negate(), HighPrecision.tanh(x)), sechSquared(x)),
        Range.ANY,
        10,
        0,
        0);
    unary(ScalarFunction.ASINH, x -> over(ONE, root(square(x).add(ONE))), Range.ANY, 3, 0, 0);
    unary(
        ScalarFunction.ACOSH,
        x -> over(ONE, root(oneMinusSquare(x).negate())),
        Range.ABOVE_1,
        4,
        0,
        0);
    unary(ScalarFunction.ATANH, x -> over(ONE, oneMinusSquare(x)), Range.INSIDE_1, 4);
    // The error of x^2 counts x^2 times
    unary(ScalarFunction.ERF, SlopeReferences::gauss, Range.ANY, 800, 0, 0);
    unary(ScalarFunction.ERFC, x -> gauss(x).negate(), Range.ANY, 800, 0, 0);
    unary(
        ScalarFunction.SIGMOID,
        x -> over(sechSquared(times(x, HALF)), BigDecimal.valueOf(4)),
        Range.ANY,
        8,
        0,
        0);
    unary(ScalarFunction.LOG_SIGMOID, x -> HighPrecision.sigmoid(x.negate()), Range.ANY, 4, 0, 1);
    unary(ScalarFunction.SOFTPLUS, HighPrecision::sigmoid, Range.ANY, 4, 1, 0);
    unary(ScalarFunction.RELU, x -> inside(x, 0, INF), Range.ANY, 0, 1, 0);
    unary(ScalarFunction.RELU6, x -> inside(x, 0, 6), Range.ANY, 0, 0, 0);
    unary(ScalarFunction.HARD_TANH, x -> inside(x, -1, 1), Range.ANY, 0, 0, 0);
    unary(ScalarFunction.HARD_SIGMOID, x -> over(inside(x, -3, 3), SIX), Range.ANY, 1, 0, 0);
    sum(ScalarFunction.HARD_SWISH, SlopeReferences::hardSwish, Range.ANY, 3, 1, 0);
    unary(ScalarFunction.SELU, SlopeReferences::selu, Range.ANY, 3, SELU_SCALE.doubleValue(), 0);
    sum(ScalarFunction.GELU, SlopeReferences::gelu, Range.ANY, 800, 1, 0);
    sum(ScalarFunction.GELU_TANH, SlopeReferences::geluTanh, Range.ANY, 800, 1, 0);
    // The error of a subnormal e^x counts x times
    sum(ScalarFunction.SILU, SlopeReferences::silu, Range.ANY, 200, 1, 0);
    sum(ScalarFunction.MISH, SlopeReferences::mish, Range.ANY, 200, 1, 0);
    unary(ScalarFunction.SOFTSIGN, x -> over(ONE, square(x.abs().add(ONE))), Range.ANY, 4, 0, 0);

    binary(ScalarFunction.ADD, (a, b) -> List.of(ONE, ONE), Range.ANY, Range.ANY, 0);
    binary(ScalarFunction.SUB, (a, b) -> List.of(ONE, ONE.negate()), Range.ANY, Range.ANY, 0);
    binary(ScalarFunction.MUL, (a, b) -> List.of(b, a), Range.ANY, Range.ANY, 0);
    binary(
        ScalarFunction.DIV,
        (a, b) -> List.of(over(ONE, b), over(a, square(b)).negate()),
        Range.ANY,
        Range.ANY,
        3);
    binary(
        ScalarFunction.POW,
        (a, b) ->
            List.of(
                times(b, HighPrecision.pow(a, b.subtract(ONE))),
                times(HighPrecision.pow(a, b), HighPrecision.log(a))),
        Range.POSITIVE,
        Range.SMALL,
        800);
    binary(ScalarFunction.ATAN2, SlopeReferences::atan2, Range.ANY, Range.ANY, 4);
    binary(ScalarFunction.HYPOT, SlopeReferences::hypot, Range.ANY, Range.ANY, 4);
    binary(
        ScalarFunction.SQUARED_DIFFERENCE,
        (a, b) -> List.of(TWO.multiply(a.subtract(b)), TWO.multiply(b.subtract(a))),
        Range.ANY,
        Range.ANY,
        2);
    binary(ScalarFunction.MIN, (a, b) -> either(a.compareTo(b) < 0), Range.ANY, Range.ANY, 0);
    binary(ScalarFunction.MAX, (a, b) -> either(a.compareTo(b) > 0), Range.ANY, Range.ANY, 0);
    binary(
        ScalarFunction.LEAKY_RELU,
        (x, slope) -> x.signum() > 0 ? List.of(ONE, ZERO) : List.of(slope, x),
        Range.ANY,
        Range.ANY,
        0);
    binary(
        ScalarFunction.ELU,
        (x, alpha) ->
            x.signum() > 0
                ? List.of(ONE, ZERO)
                : List.of(times(alpha, HighPrecision.exp(x)), HighPrecision.expm1(x)),
        Range.ANY,
        Range.SMALL,
        4);
    binary(ScalarFunction.CELU, SlopeReferences::celu, Range.ANY, Range.POSITIVE, 2_000);
    for (ScalarFunction flat :
        List.of(
            ScalarFunction.LESS,
            ScalarFunction.LESS_EQUAL,
            ScalarFunction.GREATER,
            ScalarFunction.GREATER_EQUAL,
            ScalarFunction.EQUAL,
            ScalarFunction.NOT_EQUAL,
            ScalarFunction.LOGICAL_AND,
            ScalarFunction.LOGICAL_OR,
            ScalarFunction.LOGICAL_XOR)) {
      binary(flat, (a, b) -> List.of(ZERO, ZERO), Range.ANY, Range.ANY, 0);
    }
    unary(ScalarFunction.LOGICAL_NOT, x -> ZERO, Range.ANY, 0, 0, 0);

    ternary(ScalarFunction.FMA, x -> exactly(x[1], x[0], ONE));
    ternary(ScalarFunction.CLAMP, x -> clamp(x[0], x[1], x[2]));
    ternary(
        ScalarFunction.SELECT,
        x -> x[0].signum() != 0 ? exactly(ZERO, ONE, ZERO) : exactly(ZERO, ZERO, ONE));
  }

  private SlopeReferences() {}

  static Reference of(ScalarFunction function) {
    Reference known = REFERENCES.get(function);
    if (known == null) {
      throw new AssertionError("add the derivatives of " + function + " to SlopeReferences");
    }
    return known;
  }

  private static void unary(
      ScalarFunction function, Simple slope, Range range, double ulps, double... atInfinities) {
    put(function, x -> exactly(slope.of(x[0])), ulps, atInfinities, range);
  }

  private static void sum(
      ScalarFunction function, Sum slope, Range range, double ulps, double... atInfinities) {
    put(function, x -> new Slope[] {slope.of(x[0])}, ulps, atInfinities, range);
  }

  private static void binary(ScalarFunction function, Pair slopes, Range a, Range b, double ulps) {
    put(
        function,
        x -> exactly(slopes.of(x[0], x[1]).toArray(BigDecimal[]::new)),
        ulps,
        new double[0],
        a,
        b);
  }

  private static void ternary(ScalarFunction function, Exact exact) {
    put(function, exact, 0, new double[0], Range.ANY, Range.ANY, Range.ANY);
  }

  private static void put(
      ScalarFunction function, Exact exact, double ulps, double[] atInfinities, Range... ranges) {
    REFERENCES.put(function, new Reference(exact, List.of(ranges), ulps, atInfinities));
  }

  private static Slope[] exactly(BigDecimal... slopes) {
    return Arrays.stream(slopes).map(s -> new Slope(s, s.abs())).toArray(Slope[]::new);
  }

  private static BigDecimal over(BigDecimal a, BigDecimal b) {
    return a.divide(b, DIGITS);
  }

  private static BigDecimal times(BigDecimal a, BigDecimal b) {
    return a.multiply(b, DIGITS);
  }

  private static BigDecimal square(BigDecimal x) {
    return times(x, x);
  }

  private static BigDecimal root(BigDecimal x) {
    return x.sqrt(DIGITS);
  }

  private static BigDecimal oneMinusSquare(BigDecimal x) {
    return times(ONE.subtract(x), ONE.add(x));
  }

  private static BigDecimal sign(BigDecimal x) {
    return BigDecimal.valueOf(x.signum());
  }

  private static BigDecimal inside(BigDecimal x, double low, double high) {
    return low < x.doubleValue() && x.doubleValue() < high ? ONE : ZERO;
  }

  private static List<BigDecimal> either(boolean first) {
    return first ? List.of(ONE, ZERO) : List.of(ZERO, ONE);
  }

  private static BigDecimal sechSquared(BigDecimal x) {
    BigDecimal z = HighPrecision.exp(x.abs().multiply(TWO).negate());
    return over(z.multiply(BigDecimal.valueOf(4)), square(z.add(ONE)));
  }

  private static BigDecimal gauss(BigDecimal x) {
    return over(TWO.multiply(HighPrecision.exp(square(x).negate())), root(PI));
  }

  private static Slope hardSwish(BigDecimal x) {
    if (x.abs().compareTo(THREE) >= 0) {
      return new Slope(x.signum() > 0 ? ONE : ZERO, ONE);
    }
    return Slope.sum(over(x, THREE), HALF);
  }

  private static BigDecimal selu(BigDecimal x) {
    return x.signum() > 0 ? SELU_SCALE : times(SELU, HighPrecision.exp(x));
  }

  private static Slope gelu(BigDecimal x) {
    BigDecimal density =
        over(HighPrecision.exp(times(square(x), HALF).negate()), root(TWO.multiply(PI)));
    BigDecimal below = times(HALF, HighPrecision.erfc(over(x.negate(), root(TWO))));
    return Slope.sum(below, times(x, density));
  }

  private static Slope geluTanh(BigDecimal x) {
    BigDecimal cubic = new BigDecimal("0.044715");
    BigDecimal factor = TWO.multiply(root(over(TWO, PI)));
    BigDecimal twice = times(factor, x.add(times(cubic, times(square(x), x))));
    BigDecimal steepness = times(factor, ONE.add(times(THREE.multiply(cubic), square(x))));
    BigDecimal gate = over(sechSquared(times(twice, HALF)), BigDecimal.valueOf(4));
    return Slope.sum(HighPrecision.sigmoid(twice), times(times(x, gate), steepness));
  }

  private static Slope silu(BigDecimal x) {
    BigDecimal gate = over(sechSquared(times(x, HALF)), BigDecimal.valueOf(4));
    return Slope.sum(HighPrecision.sigmoid(x), times(x, gate));
  }

  private static Slope mish(BigDecimal x) {
    BigDecimal log = HighPrecision.softplus(x);
    return Slope.sum(
        HighPrecision.tanh(log), times(times(x, HighPrecision.sigmoid(x)), sechSquared(log)));
  }

  private static List<BigDecimal> atan2(BigDecimal a, BigDecimal b) {
    BigDecimal length = square(a).add(square(b), DIGITS);
    return List.of(over(b, length), over(a.negate(), length));
  }

  private static List<BigDecimal> hypot(BigDecimal a, BigDecimal b) {
    BigDecimal length = root(square(a).add(square(b), DIGITS));
    return List.of(over(a, length), over(b, length));
  }

  /** The sum is taken with digits enough for what cancels in it near 0. */
  private static List<BigDecimal> celu(BigDecimal x, BigDecimal alpha) {
    if (x.signum() > 0) {
      return List.of(ONE, ZERO);
    }
    BigDecimal r = over(x, alpha);
    BigDecimal exp = HighPrecision.exp(r);
    if (r.abs().compareTo(new BigDecimal("1e-3")) > 0) {
      return List.of(exp, HighPrecision.expm1(r).subtract(times(r, exp), DIGITS));
    }
    BigDecimal sum = ZERO;
    BigDecimal term = square(r);
    for (int n = 2; n < 20; n++) {
      term = over(term, BigDecimal.valueOf(n));
      sum = sum.subtract(times(term, BigDecimal.valueOf(n - 1)), DIGITS);
      term = times(term, r);
    }
    return List.of(exp, sum);
  }

  private static Slope[] clamp(BigDecimal x, BigDecimal low, BigDecimal high) {
    BigDecimal raised = x.max(low);
    if (raised.compareTo(high) > 0) {
      return exactly(ZERO, ZERO, ONE);
    }
    return x.compareTo(low) < 0 ? exactly(ZERO, ONE, ZERO) : exactly(ONE, ZERO, ZERO);
  }
}
