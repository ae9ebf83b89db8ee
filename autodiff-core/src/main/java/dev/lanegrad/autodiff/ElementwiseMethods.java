package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.ScalarFunction;
import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.op.Elementwise;

/**
 * The elementwise methods of {@link Tensor}: the functions of {@link ScalarFunction}. Two tensors
 * broadcast; a number takes the tensor's dtype.
 */
public sealed interface ElementwiseMethods permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  private Tensor apply(ScalarFunction function) {
    return Elementwise.of(function).applyTo(self());
  }

  private Tensor apply(ScalarFunction function, Tensor b) {
    return Elementwise.of(function).applyTo(self(), Present.of(function, "b", b));
  }

  private Tensor apply(Formula formula) {
    return Elementwise.of(formula).applyTo(self());
  }

  /** A number next to this tensor: of its dtype, or of float64 beside ints and bools. */
  private Tensor number(double value) {
    DType dtype = self().dtype();
    return Tensor.scalar(dtype.isFloating() ? dtype : DType.FLOAT64, value);
  }

  /** Ints and bools as numbers of the other side's dtype, or of float64, which holds all. */
  private static Tensor numbers(Tensor tensor, DType other) {
    return tensor.dtype().isFloating()
        ? tensor
        : tensor.cast(other.isFloating() ? other : DType.FLOAT64);
  }

  private Tensor test(ScalarFunction function, Tensor b) {
    DType other = Present.of(function, "b", b).dtype();
    return Elementwise.of(function)
        .applyTo(numbers(self(), other), numbers(b, self().dtype()))
        .cast(DType.BOOL);
  }

  default Tensor neg() {
    return apply(ScalarFunction.NEG);
  }

  default Tensor abs() {
    return apply(ScalarFunction.ABS);
  }

  /** -1, 0 or 1. */
  default Tensor sign() {
    return apply(ScalarFunction.SIGN);
  }

  default Tensor reciprocal() {
    return apply(ScalarFunction.RECIPROCAL);
  }

  default Tensor square() {
    return apply(ScalarFunction.SQUARE);
  }

  default Tensor sqrt() {
    return apply(ScalarFunction.SQRT);
  }

  /** 1 / sqrt(x). */
  default Tensor rsqrt() {
    return apply(ScalarFunction.RSQRT);
  }

  /** The cube root. */
  default Tensor cbrt() {
    return apply(ScalarFunction.CBRT);
  }

  default Tensor floor() {
    return apply(ScalarFunction.FLOOR);
  }

  default Tensor ceil() {
    return apply(ScalarFunction.CEIL);
  }

  /** To the nearest integer, halves to the even one. */
  default Tensor round() {
    return apply(ScalarFunction.ROUND);
  }

  default Tensor exp() {
    return apply(ScalarFunction.EXP);
  }

  /** exp(x) - 1 without cancellation near 0. */
  default Tensor expm1() {
    return apply(ScalarFunction.EXPM1);
  }

  /** The natural logarithm. */
  default Tensor log() {
    return apply(ScalarFunction.LOG);
  }

  /** log(1 + x) without cancellation near 0. */
  default Tensor log1p() {
    return apply(ScalarFunction.LOG1P);
  }

  default Tensor log2() {
    return apply(ScalarFunction.LOG2);
  }

  default Tensor log10() {
    return apply(ScalarFunction.LOG10);
  }

  default Tensor sin() {
    return apply(ScalarFunction.SIN);
  }

  default Tensor cos() {
    return apply(ScalarFunction.COS);
  }

  default Tensor tan() {
    return apply(ScalarFunction.TAN);
  }

  default Tensor asin() {
    return apply(ScalarFunction.ASIN);
  }

  default Tensor acos() {
    return apply(ScalarFunction.ACOS);
  }

  default Tensor atan() {
    return apply(ScalarFunction.ATAN);
  }

  default Tensor sinh() {
    return apply(ScalarFunction.SINH);
  }

  default Tensor cosh() {
    return apply(ScalarFunction.COSH);
  }

  default Tensor tanh() {
    return apply(ScalarFunction.TANH);
  }

  /** 1 / cosh(x)^2, the derivative of tanh: right where 1 - tanh(x)^2 is 0. */
  default Tensor sechSquared() {
    return apply(ScalarFunction.SECH_SQUARED);
  }

  default Tensor asinh() {
    return apply(ScalarFunction.ASINH);
  }

  default Tensor acosh() {
    return apply(ScalarFunction.ACOSH);
  }

  default Tensor atanh() {
    return apply(ScalarFunction.ATANH);
  }

  /** The error function. */
  default Tensor erf() {
    return apply(ScalarFunction.ERF);
  }

  /** 1 - erf(x) without cancellation. */
  default Tensor erfc() {
    return apply(ScalarFunction.ERFC);
  }

  /** 1 / (1 + exp(-x)). */
  default Tensor sigmoid() {
    return apply(ScalarFunction.SIGMOID);
  }

  /** log(sigmoid(x)). */
  default Tensor logSigmoid() {
    return apply(ScalarFunction.LOG_SIGMOID);
  }

  /** log(1 + exp(x)). */
  default Tensor softplus() {
    return apply(ScalarFunction.SOFTPLUS);
  }

  /** max(x, 0), with derivative 0 at 0. */
  default Tensor relu() {
    return apply(ScalarFunction.RELU);
  }

  /** min(max(x, 0), 6). */
  default Tensor relu6() {
    return apply(ScalarFunction.RELU6);
  }

  /** min(max(x, -1), 1). */
  default Tensor hardTanh() {
    return apply(ScalarFunction.HARD_TANH);
  }

  /** min(max(x + 3, 0), 6) / 6. */
  default Tensor hardSigmoid() {
    return apply(ScalarFunction.HARD_SIGMOID);
  }

  /** x hardSigmoid(x). */
  default Tensor hardSwish() {
    return apply(ScalarFunction.HARD_SWISH);
  }

  /** The self-normalising exponential linear unit. */
  default Tensor selu() {
    return apply(ScalarFunction.SELU);
  }

  /** x times the normal distribution function of x. */
  default Tensor gelu() {
    return apply(ScalarFunction.GELU);
  }

  /** The approximation of gelu by tanh. */
  default Tensor geluTanh() {
    return apply(ScalarFunction.GELU_TANH);
  }

  /** x sigmoid(x), also called swish. */
  default Tensor silu() {
    return apply(ScalarFunction.SILU);
  }

  /** x tanh(softplus(x)). */
  default Tensor mish() {
    return apply(ScalarFunction.MISH);
  }

  /** x / (1 + |x|). */
  default Tensor softsign() {
    return apply(ScalarFunction.SOFTSIGN);
  }

  default Tensor add(Tensor b) {
    return apply(ScalarFunction.ADD, b);
  }

  default Tensor add(double b) {
    return add(number(b));
  }

  default Tensor sub(Tensor b) {
    return apply(ScalarFunction.SUB, b);
  }

  default Tensor sub(double b) {
    return sub(number(b));
  }

  default Tensor mul(Tensor b) {
    return apply(ScalarFunction.MUL, b);
  }

  default Tensor mul(double b) {
    return mul(number(b));
  }

  default Tensor div(Tensor b) {
    return apply(ScalarFunction.DIV, b);
  }

  default Tensor div(double b) {
    return div(number(b));
  }

  /** The angle of the point (b, this). */
  default Tensor atan2(Tensor b) {
    return apply(ScalarFunction.ATAN2, b);
  }

  /** sqrt(this^2 + b^2) without overflow. */
  default Tensor hypot(Tensor b) {
    return apply(ScalarFunction.HYPOT, b);
  }

  /** (this - b)^2. */
  default Tensor squaredDifference(Tensor b) {
    return apply(ScalarFunction.SQUARED_DIFFERENCE, b);
  }

  /** The smaller one; NaN if one is. */
  default Tensor minimum(Tensor b) {
    return apply(ScalarFunction.MIN, b);
  }

  default Tensor minimum(double b) {
    return minimum(number(b));
  }

  /** The larger one; NaN if one is. */
  default Tensor maximum(Tensor b) {
    return apply(ScalarFunction.MAX, b);
  }

  default Tensor maximum(double b) {
    return maximum(number(b));
  }

  /** Bool: where {@code this < b}. */
  default Tensor less(Tensor b) {
    return test(ScalarFunction.LESS, b);
  }

  default Tensor less(double b) {
    return less(number(b));
  }

  /** Bool: where {@code this <= b}. */
  default Tensor lessEqual(Tensor b) {
    return test(ScalarFunction.LESS_EQUAL, b);
  }

  default Tensor lessEqual(double b) {
    return lessEqual(number(b));
  }

  /** Bool: where this > b. */
  default Tensor greater(Tensor b) {
    return test(ScalarFunction.GREATER, b);
  }

  default Tensor greater(double b) {
    return greater(number(b));
  }

  /** Bool: where this >= b. */
  default Tensor greaterEqual(Tensor b) {
    return test(ScalarFunction.GREATER_EQUAL, b);
  }

  default Tensor greaterEqual(double b) {
    return greaterEqual(number(b));
  }

  /** Bool: where this = b. */
  default Tensor equal(Tensor b) {
    return test(ScalarFunction.EQUAL, b);
  }

  default Tensor equal(double b) {
    return equal(number(b));
  }

  /** Bool: where they differ. */
  default Tensor notEqual(Tensor b) {
    return test(ScalarFunction.NOT_EQUAL, b);
  }

  default Tensor notEqual(double b) {
    return notEqual(number(b));
  }

  /** Bool: where neither is 0. */
  default Tensor logicalAnd(Tensor b) {
    return test(ScalarFunction.LOGICAL_AND, b);
  }

  /** Bool: where one is not 0. */
  default Tensor logicalOr(Tensor b) {
    return test(ScalarFunction.LOGICAL_OR, b);
  }

  /** Bool: where exactly one is not 0. */
  default Tensor logicalXor(Tensor b) {
    return test(ScalarFunction.LOGICAL_XOR, b);
  }

  /** Bool: where this is 0. */
  default Tensor logicalNot() {
    return Elementwise.of(ScalarFunction.LOGICAL_NOT)
        .applyTo(numbers(self(), DType.FLOAT64))
        .cast(DType.BOOL);
  }

  /** this to the power b; C99's special values. */
  default Tensor pow(Tensor b) {
    return apply(ScalarFunction.POW, b);
  }

  /** this to a constant power; small integers, halves and -1 take no logarithm. */
  default Tensor pow(double b) {
    return apply(Formula.input(0).pow(b));
  }

  /** x where x > 0, else slope x. */
  default Tensor leakyRelu(double slope) {
    return apply(Formula.input(0).leakyRelu(slope));
  }

  /** x where x > 0, else alpha expm1(x). */
  default Tensor elu(double alpha) {
    return apply(Formula.input(0).elu(alpha));
  }

  /** x where x > 0, else alpha expm1(x / alpha). */
  default Tensor celu(double alpha) {
    return apply(Formula.input(0).celu(alpha));
  }

  /** min(max(x, low), high); the gradient passes at the edges. */
  default Tensor clamp(double low, double high) {
    return apply(Formula.input(0).clamp(low, high));
  }

  /** this b + c with one rounding. */
  default Tensor fma(Tensor b, Tensor c) {
    return Elementwise.of(ScalarFunction.FMA)
        .applyTo(self(), Present.of("fma", "b", b), Present.of("fma", "c", c));
  }

  /**
   * a where this is not 0, else b; what is not chosen has gradient 0, even if it is NaN. Operations
   * before this one multiply that 0 with infinite slopes to NaN: guard what they are applied to:
   *
   * <pre>{@code
   * positive.where(positive.where(x, one).sqrt(), zero)
   * }</pre>
   *
   * or write one formula, see {@link Formula#where}.
   */
  default Tensor where(Tensor a, Tensor b) {
    boolean exact = self().dtype() == Present.of("where", "a", a).dtype();
    Tensor condition = exact ? self() : self().cast(DType.BOOL).cast(a.dtype());
    return Elementwise.of(ScalarFunction.SELECT).applyTo(condition, a, Present.of("where", "b", b));
  }

  /** min(max(x, low), high) with bounds that broadcast; the gradient passes at the edges. */
  default Tensor clamp(Tensor low, Tensor high) {
    return Elementwise.of(ScalarFunction.CLAMP)
        .applyTo(self(), Present.of("clamp", "low", low), Present.of("clamp", "high", high));
  }

  /** Bool: where this is NaN. */
  default Tensor isNaN() {
    return notEqual(self());
  }
}
