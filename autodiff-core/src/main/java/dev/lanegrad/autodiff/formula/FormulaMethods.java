package dev.lanegrad.autodiff.formula;

import dev.lanegrad.autodiff.internal.Present;

/**
 * The functions of the table as methods of {@link Formula}: {@code this} is the value of one
 * element. They have the names of the methods of a tensor; what there is a bool is 1 or 0 here.
 */
public sealed interface FormulaMethods permits Formula {
  private Formula self() {
    return (Formula) this;
  }

  private Formula binary(ScalarFunction function, Formula b) {
    return function.of(self(), Present.of(function, "b", b));
  }

  /** -x. */
  default Formula neg() {
    return ScalarFunction.NEG.of(self());
  }

  /** |x|, with derivative 0 at 0. */
  default Formula abs() {
    return ScalarFunction.ABS.of(self());
  }

  /** -1, 0 or 1. */
  default Formula sign() {
    return ScalarFunction.SIGN.of(self());
  }

  /** 1 / x. */
  default Formula reciprocal() {
    return ScalarFunction.RECIPROCAL.of(self());
  }

  /** x^2. */
  default Formula square() {
    return ScalarFunction.SQUARE.of(self());
  }

  /** The square root; NaN below 0. */
  default Formula sqrt() {
    return ScalarFunction.SQRT.of(self());
  }

  /** 1 / sqrt(x). */
  default Formula rsqrt() {
    return ScalarFunction.RSQRT.of(self());
  }

  /** The cube root. */
  default Formula cbrt() {
    return ScalarFunction.CBRT.of(self());
  }

  /** The largest integer that is not above x; its derivative is 0. */
  default Formula floor() {
    return ScalarFunction.FLOOR.of(self());
  }

  /** The smallest integer that is not below x; its derivative is 0. */
  default Formula ceil() {
    return ScalarFunction.CEIL.of(self());
  }

  /** To the nearest integer, halves to the even one. */
  default Formula round() {
    return ScalarFunction.ROUND.of(self());
  }

  /** e to the power x. */
  default Formula exp() {
    return ScalarFunction.EXP.of(self());
  }

  /** exp(x) - 1 without cancellation near 0. */
  default Formula expm1() {
    return ScalarFunction.EXPM1.of(self());
  }

  /** The natural logarithm. */
  default Formula log() {
    return ScalarFunction.LOG.of(self());
  }

  /** log(1 + x) without cancellation near 0. */
  default Formula log1p() {
    return ScalarFunction.LOG1P.of(self());
  }

  /** The logarithm to base 2. */
  default Formula log2() {
    return ScalarFunction.LOG2.of(self());
  }

  /** The logarithm to base 10. */
  default Formula log10() {
    return ScalarFunction.LOG10.of(self());
  }

  /** The sine of radians. */
  default Formula sin() {
    return ScalarFunction.SIN.of(self());
  }

  /** The cosine of radians. */
  default Formula cos() {
    return ScalarFunction.COS.of(self());
  }

  /** The tangent of radians. */
  default Formula tan() {
    return ScalarFunction.TAN.of(self());
  }

  /** The angle from -pi/2 to pi/2 whose sine is x; NaN outside of [-1, 1]. */
  default Formula asin() {
    return ScalarFunction.ASIN.of(self());
  }

  /** The angle from 0 to pi whose cosine is x; NaN outside of [-1, 1]. */
  default Formula acos() {
    return ScalarFunction.ACOS.of(self());
  }

  /** The angle from -pi/2 to pi/2 whose tangent is x. */
  default Formula atan() {
    return ScalarFunction.ATAN.of(self());
  }

  /** The hyperbolic sine. */
  default Formula sinh() {
    return ScalarFunction.SINH.of(self());
  }

  /** The hyperbolic cosine. */
  default Formula cosh() {
    return ScalarFunction.COSH.of(self());
  }

  /** The hyperbolic tangent. */
  default Formula tanh() {
    return ScalarFunction.TANH.of(self());
  }

  /** 1 / cosh(x)^2, the derivative of tanh: right where 1 - tanh(x)^2 is 0. */
  default Formula sechSquared() {
    return ScalarFunction.SECH_SQUARED.of(self());
  }

  /** The inverse of sinh. */
  default Formula asinh() {
    return ScalarFunction.ASINH.of(self());
  }

  /** The inverse of cosh; NaN below 1. */
  default Formula acosh() {
    return ScalarFunction.ACOSH.of(self());
  }

  /** The inverse of tanh; NaN outside of [-1, 1]. */
  default Formula atanh() {
    return ScalarFunction.ATANH.of(self());
  }

  /** The error function. */
  default Formula erf() {
    return ScalarFunction.ERF.of(self());
  }

  /** 1 - erf(x) without cancellation. */
  default Formula erfc() {
    return ScalarFunction.ERFC.of(self());
  }

  /** 1 / (1 + exp(-x)). */
  default Formula sigmoid() {
    return ScalarFunction.SIGMOID.of(self());
  }

  /** log(sigmoid(x)). */
  default Formula logSigmoid() {
    return ScalarFunction.LOG_SIGMOID.of(self());
  }

  /** log(1 + exp(x)). */
  default Formula softplus() {
    return ScalarFunction.SOFTPLUS.of(self());
  }

  /** max(x, 0), with derivative 0 at 0. */
  default Formula relu() {
    return ScalarFunction.RELU.of(self());
  }

  /** min(max(x, 0), 6). */
  default Formula relu6() {
    return ScalarFunction.RELU6.of(self());
  }

  /** min(max(x, -1), 1). */
  default Formula hardTanh() {
    return ScalarFunction.HARD_TANH.of(self());
  }

  /** min(max(x + 3, 0), 6) / 6. */
  default Formula hardSigmoid() {
    return ScalarFunction.HARD_SIGMOID.of(self());
  }

  /** x hardSigmoid(x). */
  default Formula hardSwish() {
    return ScalarFunction.HARD_SWISH.of(self());
  }

  /** The self-normalising exponential linear unit. */
  default Formula selu() {
    return ScalarFunction.SELU.of(self());
  }

  /** x times the normal distribution function of x. */
  default Formula gelu() {
    return ScalarFunction.GELU.of(self());
  }

  /** The approximation of gelu by tanh. */
  default Formula geluTanh() {
    return ScalarFunction.GELU_TANH.of(self());
  }

  /** x sigmoid(x), also called swish. */
  default Formula silu() {
    return ScalarFunction.SILU.of(self());
  }

  /** x tanh(softplus(x)). */
  default Formula mish() {
    return ScalarFunction.MISH.of(self());
  }

  /** x / (1 + |x|). */
  default Formula softsign() {
    return ScalarFunction.SOFTSIGN.of(self());
  }

  /** this + b. */
  default Formula add(Formula b) {
    return binary(ScalarFunction.ADD, b);
  }

  /** this + b. */
  default Formula add(double b) {
    return add(Formula.constant(b));
  }

  /** this - b. */
  default Formula sub(Formula b) {
    return binary(ScalarFunction.SUB, b);
  }

  /** this - b. */
  default Formula sub(double b) {
    return sub(Formula.constant(b));
  }

  /** this times b. */
  default Formula mul(Formula b) {
    return binary(ScalarFunction.MUL, b);
  }

  /** this times b. */
  default Formula mul(double b) {
    return mul(Formula.constant(b));
  }

  /** this / b. */
  default Formula div(Formula b) {
    return binary(ScalarFunction.DIV, b);
  }

  /** this / b. */
  default Formula div(double b) {
    return div(Formula.constant(b));
  }

  /** The angle of the point (b, this). */
  default Formula atan2(Formula b) {
    return binary(ScalarFunction.ATAN2, b);
  }

  /** sqrt(this^2 + b^2) without overflow. */
  default Formula hypot(Formula b) {
    return binary(ScalarFunction.HYPOT, b);
  }

  /** (this - b)^2. */
  default Formula squaredDifference(Formula b) {
    return binary(ScalarFunction.SQUARED_DIFFERENCE, b);
  }

  /** The smaller one; NaN if one is. */
  default Formula minimum(Formula b) {
    return binary(ScalarFunction.MIN, b);
  }

  /** The smaller one of this and a number; NaN if this is. */
  default Formula minimum(double b) {
    return minimum(Formula.constant(b));
  }

  /** The larger one; NaN if one is. */
  default Formula maximum(Formula b) {
    return binary(ScalarFunction.MAX, b);
  }

  /** The larger one of this and a number; NaN if this is. */
  default Formula maximum(double b) {
    return maximum(Formula.constant(b));
  }

  /** 1 where {@code this < b}, else 0. */
  default Formula less(Formula b) {
    return binary(ScalarFunction.LESS, b);
  }

  /** 1 where {@code this < b}, else 0. */
  default Formula less(double b) {
    return less(Formula.constant(b));
  }

  /** 1 where {@code this <= b}, else 0. */
  default Formula lessEqual(Formula b) {
    return binary(ScalarFunction.LESS_EQUAL, b);
  }

  /** 1 where {@code this <= b}, else 0. */
  default Formula lessEqual(double b) {
    return lessEqual(Formula.constant(b));
  }

  /** 1 where this > b, else 0. */
  default Formula greater(Formula b) {
    return binary(ScalarFunction.GREATER, b);
  }

  /** 1 where this > b, else 0. */
  default Formula greater(double b) {
    return greater(Formula.constant(b));
  }

  /** 1 where this >= b, else 0. */
  default Formula greaterEqual(Formula b) {
    return binary(ScalarFunction.GREATER_EQUAL, b);
  }

  /** 1 where this >= b, else 0. */
  default Formula greaterEqual(double b) {
    return greaterEqual(Formula.constant(b));
  }

  /** 1 where this = b, else 0. */
  default Formula equal(Formula b) {
    return binary(ScalarFunction.EQUAL, b);
  }

  /** 1 where this = b, else 0. */
  default Formula equal(double b) {
    return equal(Formula.constant(b));
  }

  /** 1 where they differ, else 0. */
  default Formula notEqual(Formula b) {
    return binary(ScalarFunction.NOT_EQUAL, b);
  }

  /** 1 where they differ, else 0. */
  default Formula notEqual(double b) {
    return notEqual(Formula.constant(b));
  }

  /** 1 where neither is 0, else 0. */
  default Formula logicalAnd(Formula b) {
    return binary(ScalarFunction.LOGICAL_AND, b);
  }

  /** 1 where one is not 0, else 0. */
  default Formula logicalOr(Formula b) {
    return binary(ScalarFunction.LOGICAL_OR, b);
  }

  /** 1 where exactly one is not 0, else 0. */
  default Formula logicalXor(Formula b) {
    return binary(ScalarFunction.LOGICAL_XOR, b);
  }

  /** 1 where this is 0, else 0. */
  default Formula logicalNot() {
    return ScalarFunction.LOGICAL_NOT.of(self());
  }

  /** 1 where this is NaN, else 0. */
  default Formula isNaN() {
    return notEqual(self());
  }

  /** this to the power b; C99's special values. */
  default Formula pow(Formula b) {
    return binary(ScalarFunction.POW, b);
  }

  /** this to a constant power; small integers, halves and -1 take no logarithm. */
  default Formula pow(double b) {
    if (b == 0.5) {
      return sqrt();
    }
    if (b == -1) {
      return reciprocal();
    }
    if (b == Math.rint(b) && b >= 1 && b <= 4) {
      return switch ((int) b) {
        case 1 -> self();
        case 2 -> square();
        case 3 -> square().mul(self());
        default -> square().square();
      };
    }
    return pow(Formula.constant(b));
  }

  /** x where x > 0, else slope x. */
  default Formula leakyRelu(double slope) {
    return ScalarFunction.LEAKY_RELU.of(self(), Formula.constant(slope));
  }

  /** x where x > 0, else alpha expm1(x). */
  default Formula elu(double alpha) {
    return ScalarFunction.ELU.of(self(), Formula.constant(alpha));
  }

  /** x where x > 0, else alpha expm1(x / alpha). */
  default Formula celu(double alpha) {
    return ScalarFunction.CELU.of(self(), Formula.constant(alpha));
  }

  /** min(max(x, low), high); the gradient passes at the edges. */
  default Formula clamp(double low, double high) {
    return clamp(Formula.constant(low), Formula.constant(high));
  }

  /** min(max(x, low), high); the gradient passes at the edges. */
  default Formula clamp(Formula low, Formula high) {
    return ScalarFunction.CLAMP.of(
        self(), Present.of("clamp", "low", low), Present.of("clamp", "high", high));
  }

  /** this b + c with one rounding. */
  default Formula fma(Formula b, Formula c) {
    return ScalarFunction.FMA.of(self(), Present.of("fma", "b", b), Present.of("fma", "c", c));
  }

  /**
   * a where this is not 0, else b. What is not chosen is not looked at, and adds nothing to the
   * formula's derivatives, even where it or its slope is infinite or NaN.
   */
  default Formula where(Formula a, Formula b) {
    return ScalarFunction.SELECT.of(
        self(), Present.of("where", "a", a), Present.of("where", "b", b));
  }
}
