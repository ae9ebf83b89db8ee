package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.ScalarFunction;
import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.op.Elementwise;

/**
 * The elementwise methods of {@link Tensor}: the functions of {@link ScalarFunction}. Each call is
 * a pass over memory of its own; an {@link Elementwise} makes one pass of several functions.
 *
 * <p>Shapes: {@code s -> s}; two and three tensors broadcast as in NumPy, and throw a {@link
 * ShapeException} where they do not; a number takes the tensor's dtype. All take float32 and
 * float64, comparisons int32 and bool too; other dtypes, and two that differ, throw a {@link
 * DTypeException}.
 *
 * <p>PyTorch has the same names, with an underscore between words, where nothing else is said.
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

  /** -x. */
  default Tensor neg() {
    return apply(ScalarFunction.NEG);
  }

  /** |x|, with derivative 0 at 0. */
  default Tensor abs() {
    return apply(ScalarFunction.ABS);
  }

  /** -1, 0 or 1. */
  default Tensor sign() {
    return apply(ScalarFunction.SIGN);
  }

  /** 1 / x. */
  default Tensor reciprocal() {
    return apply(ScalarFunction.RECIPROCAL);
  }

  /** x^2. */
  default Tensor square() {
    return apply(ScalarFunction.SQUARE);
  }

  /** The square root; NaN below 0. */
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

  /** The largest integer that is not above x; its derivative is 0. */
  default Tensor floor() {
    return apply(ScalarFunction.FLOOR);
  }

  /** The smallest integer that is not below x; its derivative is 0. */
  default Tensor ceil() {
    return apply(ScalarFunction.CEIL);
  }

  /** To the nearest integer, halves to the even one. */
  default Tensor round() {
    return apply(ScalarFunction.ROUND);
  }

  /** e to the power x. */
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

  /** The logarithm to base 2. */
  default Tensor log2() {
    return apply(ScalarFunction.LOG2);
  }

  /** The logarithm to base 10. */
  default Tensor log10() {
    return apply(ScalarFunction.LOG10);
  }

  /** The sine of radians. */
  default Tensor sin() {
    return apply(ScalarFunction.SIN);
  }

  /** The cosine of radians. */
  default Tensor cos() {
    return apply(ScalarFunction.COS);
  }

  /** The tangent of radians. */
  default Tensor tan() {
    return apply(ScalarFunction.TAN);
  }

  /** The angle from -pi/2 to pi/2 whose sine is x; NaN outside of [-1, 1]. */
  default Tensor asin() {
    return apply(ScalarFunction.ASIN);
  }

  /** The angle from 0 to pi whose cosine is x; NaN outside of [-1, 1]. */
  default Tensor acos() {
    return apply(ScalarFunction.ACOS);
  }

  /** The angle from -pi/2 to pi/2 whose tangent is x. */
  default Tensor atan() {
    return apply(ScalarFunction.ATAN);
  }

  /** The hyperbolic sine. */
  default Tensor sinh() {
    return apply(ScalarFunction.SINH);
  }

  /** The hyperbolic cosine. */
  default Tensor cosh() {
    return apply(ScalarFunction.COSH);
  }

  /** The hyperbolic tangent. */
  default Tensor tanh() {
    return apply(ScalarFunction.TANH);
  }

  /** 1 / cosh(x)^2, the derivative of tanh: right where 1 - tanh(x)^2 is 0. */
  default Tensor sechSquared() {
    return apply(ScalarFunction.SECH_SQUARED);
  }

  /** The inverse of sinh. */
  default Tensor asinh() {
    return apply(ScalarFunction.ASINH);
  }

  /** The inverse of cosh; NaN below 1. */
  default Tensor acosh() {
    return apply(ScalarFunction.ACOSH);
  }

  /** The inverse of tanh; NaN outside of [-1, 1]. */
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

  /** log(sigmoid(x)). PyTorch: {@code logsigmoid}. */
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

  /** min(max(x, -1), 1). PyTorch: {@code hardtanh}. */
  default Tensor hardTanh() {
    return apply(ScalarFunction.HARD_TANH);
  }

  /** min(max(x + 3, 0), 6) / 6. PyTorch: {@code hardsigmoid}. */
  default Tensor hardSigmoid() {
    return apply(ScalarFunction.HARD_SIGMOID);
  }

  /** x hardSigmoid(x). PyTorch: {@code hardswish}. */
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

  /** The approximation of gelu by tanh. PyTorch: {@code gelu(approximate='tanh')}. */
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

  /** this + b. */
  default Tensor add(Tensor b) {
    return apply(ScalarFunction.ADD, b);
  }

  /** this + b. */
  default Tensor add(double b) {
    return add(number(b));
  }

  /** this - b. */
  default Tensor sub(Tensor b) {
    return apply(ScalarFunction.SUB, b);
  }

  /** this - b. */
  default Tensor sub(double b) {
    return sub(number(b));
  }

  /** this times b. */
  default Tensor mul(Tensor b) {
    return apply(ScalarFunction.MUL, b);
  }

  /** this times b. */
  default Tensor mul(double b) {
    return mul(number(b));
  }

  /** this / b. */
  default Tensor div(Tensor b) {
    return apply(ScalarFunction.DIV, b);
  }

  /** this / b. */
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

  /** The smaller one of this and a number; NaN if this is. */
  default Tensor minimum(double b) {
    return minimum(number(b));
  }

  /** The larger one; NaN if one is. */
  default Tensor maximum(Tensor b) {
    return apply(ScalarFunction.MAX, b);
  }

  /** The larger one of this and a number; NaN if this is. */
  default Tensor maximum(double b) {
    return maximum(number(b));
  }

  /** Bool: where {@code this < b}. PyTorch: {@code lt}. */
  default Tensor less(Tensor b) {
    return test(ScalarFunction.LESS, b);
  }

  /** Bool: where {@code this < b}. PyTorch: {@code lt}. */
  default Tensor less(double b) {
    return less(number(b));
  }

  /** Bool: where {@code this <= b}. PyTorch: {@code le}. */
  default Tensor lessEqual(Tensor b) {
    return test(ScalarFunction.LESS_EQUAL, b);
  }

  /** Bool: where {@code this <= b}. PyTorch: {@code le}. */
  default Tensor lessEqual(double b) {
    return lessEqual(number(b));
  }

  /** Bool: where this > b. PyTorch: {@code gt}. */
  default Tensor greater(Tensor b) {
    return test(ScalarFunction.GREATER, b);
  }

  /** Bool: where this > b. PyTorch: {@code gt}. */
  default Tensor greater(double b) {
    return greater(number(b));
  }

  /** Bool: where this >= b. PyTorch: {@code ge}. */
  default Tensor greaterEqual(Tensor b) {
    return test(ScalarFunction.GREATER_EQUAL, b);
  }

  /** Bool: where this >= b. PyTorch: {@code ge}. */
  default Tensor greaterEqual(double b) {
    return greaterEqual(number(b));
  }

  /** Bool: where this = b. PyTorch: {@code eq}. */
  default Tensor equal(Tensor b) {
    return test(ScalarFunction.EQUAL, b);
  }

  /** Bool: where this = b. PyTorch: {@code eq}. */
  default Tensor equal(double b) {
    return equal(number(b));
  }

  /** Bool: where they differ. PyTorch: {@code ne}. */
  default Tensor notEqual(Tensor b) {
    return test(ScalarFunction.NOT_EQUAL, b);
  }

  /** Bool: where they differ. PyTorch: {@code ne}. */
  default Tensor notEqual(double b) {
    return notEqual(number(b));
  }

  /** Bool: where neither is 0. PyTorch: {@code logical_and}. */
  default Tensor logicalAnd(Tensor b) {
    return test(ScalarFunction.LOGICAL_AND, b);
  }

  /** Bool: where one is not 0. PyTorch: {@code logical_or}. */
  default Tensor logicalOr(Tensor b) {
    return test(ScalarFunction.LOGICAL_OR, b);
  }

  /** Bool: where exactly one is not 0. PyTorch: {@code logical_xor}. */
  default Tensor logicalXor(Tensor b) {
    return test(ScalarFunction.LOGICAL_XOR, b);
  }

  /** Bool: where this is 0. PyTorch: {@code logical_not}. */
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

  /** x where x > 0, else slope x. PyTorch: {@code leaky_relu}. */
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
   *
   * <p>PyTorch: {@code torch.where(this, a, b)}.
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

  /** Bool: where this is NaN. PyTorch: {@code isnan}. */
  default Tensor isNaN() {
    return notEqual(self());
  }
}
