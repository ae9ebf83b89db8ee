package dev.lanegrad.autodiff.formula;

import static java.math.BigDecimal.ONE;
import static java.math.BigDecimal.TWO;
import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * What every function of the table means, written without its recipe: its exact value, and for
 * functions of one argument the values at 0, -0 and both infinities.
 */
final class FunctionReferences {
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;
  private static final double HALF_PI = StrictMath.PI / 2;
  private static final MathContext DIGITS = new MathContext(50);
  private static final BigDecimal THREE = BigDecimal.valueOf(3);
  private static final BigDecimal SIX = BigDecimal.valueOf(6);
  private static final BigDecimal SELU_SCALE = new BigDecimal("1.0507009873554804934193349852946");
  private static final BigDecimal SELU_ALPHA = new BigDecimal("1.6732632423543772848170429916717");
  private static final BigDecimal GELU_CUBIC = new BigDecimal("0.044715");
  private static final BigDecimal SQRT_2_OVER_PI =
      TWO.divide(HighPrecision.atan(ONE).multiply(BigDecimal.valueOf(4)), DIGITS).sqrt(DIGITS);

  private static final Map<String, Reference> REFERENCES = new HashMap<>();

  /** The exact value at finite arguments. */
  interface Exact {
    BigDecimal of(BigDecimal... x);
  }

  /**
   * What a function means.
   *
   * @param exact its value
   * @param specials its values at 0, -0, infinity and -infinity; empty for several arguments
   */
  record Reference(Exact exact, double... specials) {}

  static {
    // name, value, at 0, at -0, at infinity, at -infinity
    unary("neg", BigDecimal::negate, -0.0, 0, -INF, INF);
    unary("abs", BigDecimal::abs, 0, 0, INF, INF);
    unary("sign", x -> BigDecimal.valueOf(x.signum()), 0, -0.0, 1, -1);
    unary("square", x -> x.multiply(x), 0, 0, INF, INF);
    unary("sqrt", x -> x.sqrt(DIGITS), 0, -0.0, INF, NAN);
    unary("rsqrt", x -> over(ONE, x.sqrt(DIGITS)), INF, -INF, 0, NAN);
    unary("cbrt", HighPrecision::cbrt, 0, -0.0, INF, -INF);
    unary("reciprocal", x -> over(ONE, x), INF, -INF, 0, -0.0);
    unary("exp", HighPrecision::exp, 1, 1, INF, 0);
    unary("expm1", HighPrecision::expm1, 0, -0.0, INF, -1);
    unary("log", HighPrecision::log, -INF, -INF, INF, NAN);
    unary("log1p", HighPrecision::log1p, 0, -0.0, INF, NAN);
    unary("log2", HighPrecision::log2, -INF, -INF, INF, NAN);
    unary("log10", HighPrecision::log10, -INF, -INF, INF, NAN);
    unary("sin", HighPrecision::sin, 0, -0.0, NAN, NAN);
    unary("cos", HighPrecision::cos, 1, 1, NAN, NAN);
    unary("tan", HighPrecision::tan, 0, -0.0, NAN, NAN);
    unary("asin", HighPrecision::asin, 0, -0.0, NAN, NAN);
    unary("acos", HighPrecision::acos, HALF_PI, HALF_PI, NAN, NAN);
    unary("atan", HighPrecision::atan, 0, -0.0, HALF_PI, -HALF_PI);
    unary("sinh", HighPrecision::sinh, 0, -0.0, INF, -INF);
    unary("cosh", HighPrecision::cosh, 1, 1, INF, INF);
    unary("tanh", HighPrecision::tanh, 0, -0.0, 1, -1);
    unary("sechSquared", FunctionReferences::sechSquared, 1, 1, 0, 0);
    unary("asinh", HighPrecision::asinh, 0, -0.0, INF, -INF);
    unary("acosh", HighPrecision::acosh, NAN, NAN, INF, NAN);
    unary("atanh", HighPrecision::atanh, 0, -0.0, NAN, NAN);
    unary("erf", HighPrecision::erf, 0, -0.0, 1, -1);
    unary("erfc", HighPrecision::erfc, 1, 1, 0, 2);
    unary("floor", x -> rounded(x, RoundingMode.FLOOR), 0, -0.0, INF, -INF);
    unary("ceil", x -> rounded(x, RoundingMode.CEILING), 0, -0.0, INF, -INF);
    unary("round", x -> rounded(x, RoundingMode.HALF_EVEN), 0, -0.0, INF, -INF);
    unary("sigmoid", HighPrecision::sigmoid, 0.5, 0.5, 1, 0);
    double logTwo = StrictMath.log(2);
    unary("softplus", HighPrecision::softplus, logTwo, logTwo, INF, 0);
    unary(
        "logSigmoid",
        x -> HighPrecision.softplus(x.negate()).negate(),
        -logTwo,
        -logTwo,
        -0.0,
        -INF);
    unary("relu", x -> x.max(ZERO), 0, 0, INF, 0);
    unary("relu6", x -> x.max(ZERO).min(SIX), 0, 0, 6, 0);
    unary("elu", x -> elu(x, ONE), 0, -0.0, INF, -1);
    unary("selu", FunctionReferences::selu, 0, -0.0, INF, -1.7580993408473766);
    unary("gelu", HighPrecision::gelu, 0, -0.0, INF, -0.0);
    unary("geluTanh", FunctionReferences::geluTanh, 0, -0.0, INF, -0.0);
    unary("silu", x -> x.multiply(HighPrecision.sigmoid(x)), 0, -0.0, INF, -0.0);
    unary("mish", FunctionReferences::mish, 0, -0.0, INF, -0.0);
    unary("hardTanh", x -> x.max(ONE.negate()).min(ONE), 0, -0.0, 1, -1);
    unary("hardSigmoid", FunctionReferences::hardSigmoid, 0.5, 0.5, 1, 0);
    unary("hardSwish", x -> x.multiply(hardSigmoid(x)), 0, -0.0, INF, -0.0);
    unary("softsign", x -> over(x, x.abs().add(ONE)), 0, -0.0, 1, -1);
    unary("logicalNot", x -> truth(x.signum() == 0), 1, 1, 0, 0);

    binary("add", BigDecimal::add);
    binary("sub", BigDecimal::subtract);
    binary("mul", BigDecimal::multiply);
    binary("div", FunctionReferences::over);
    binary("pow", HighPrecision::pow);
    binary("min", BigDecimal::min);
    binary("max", BigDecimal::max);
    binary("atan2", HighPrecision::atan2);
    binary("hypot", (a, b) -> a.multiply(a).add(b.multiply(b)).sqrt(DIGITS));
    binary("squaredDifference", (a, b) -> a.subtract(b).pow(2));
    binary("leakyRelu", (x, slope) -> x.signum() > 0 ? x : x.multiply(slope));
    binary("elu", FunctionReferences::elu);
    binary("celu", (x, a) -> x.signum() > 0 ? x : a.multiply(HighPrecision.expm1(over(x, a))));
    binary("less", (a, b) -> truth(a.compareTo(b) < 0));
    binary("lessEqual", (a, b) -> truth(a.compareTo(b) <= 0));
    binary("greater", (a, b) -> truth(a.compareTo(b) > 0));
    binary("greaterEqual", (a, b) -> truth(a.compareTo(b) >= 0));
    binary("equal", (a, b) -> truth(a.compareTo(b) == 0));
    binary("notEqual", (a, b) -> truth(a.compareTo(b) != 0));
    binary("logicalAnd", (a, b) -> truth(a.signum() != 0 && b.signum() != 0));
    binary("logicalOr", (a, b) -> truth(a.signum() != 0 || b.signum() != 0));
    binary("logicalXor", (a, b) -> truth(a.signum() != 0 ^ b.signum() != 0));

    put("fma", 3, x -> x[0].multiply(x[1]).add(x[2]));
    put("select", 3, x -> x[0].signum() != 0 ? x[1] : x[2]);
    put("clamp", 3, x -> x[0].max(x[1]).min(x[2]));
  }

  private FunctionReferences() {}

  private static void unary(String name, UnaryOperator<BigDecimal> exact, double... specials) {
    put(name, 1, x -> exact.apply(x[0]), specials);
  }

  private static void binary(String name, BinaryOperator<BigDecimal> exact) {
    put(name, 2, x -> exact.apply(x[0], x[1]));
  }

  private static void put(String name, int arity, Exact exact, double... specials) {
    REFERENCES.put(name + arity, new Reference(exact, specials));
  }

  /** The reference of a row; a row without one fails. */
  static Reference of(ScalarFunction function) {
    Reference known = REFERENCES.get(function.toString() + function.arity());
    if (known == null) {
      throw new AssertionError(
          String.format(
              Locale.ROOT,
              "no reference for %s of %d arguments: add one to FunctionReferences",
              function,
              function.arity()));
    }
    return known;
  }

  private static BigDecimal over(BigDecimal a, BigDecimal b) {
    return a.divide(b, DIGITS);
  }

  private static BigDecimal truth(boolean holds) {
    return holds ? ONE : ZERO;
  }

  private static BigDecimal rounded(BigDecimal x, RoundingMode mode) {
    return x.setScale(0, mode);
  }

  private static BigDecimal elu(BigDecimal x, BigDecimal alpha) {
    return x.signum() > 0 ? x : alpha.multiply(HighPrecision.expm1(x));
  }

  private static BigDecimal selu(BigDecimal x) {
    return SELU_SCALE.multiply(elu(x, SELU_ALPHA));
  }

  private static BigDecimal sechSquared(BigDecimal x) {
    BigDecimal cosh = HighPrecision.cosh(x);
    return over(ONE, cosh.multiply(cosh, DIGITS));
  }

  private static BigDecimal mish(BigDecimal x) {
    return x.multiply(HighPrecision.tanh(HighPrecision.softplus(x)));
  }

  private static BigDecimal hardSigmoid(BigDecimal x) {
    return over(x.add(THREE).max(ZERO).min(SIX), SIX);
  }

  private static BigDecimal geluTanh(BigDecimal x) {
    BigDecimal u = SQRT_2_OVER_PI.multiply(x.add(GELU_CUBIC.multiply(x.pow(3))));
    return x.multiply(HighPrecision.sigmoid(u.add(u)));
  }
}
