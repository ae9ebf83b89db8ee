package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.ScalarFunction;
import dev.lanegrad.autodiff.op.Elementwise;

/**
 * The elementwise methods of {@link Tensor}. Two tensors broadcast; a number takes the tensor's
 * dtype.
 */
public sealed interface ElementwiseMethods permits Tensor {
  /** This tensor. */
  Tensor self();

  private Tensor apply(ScalarFunction function) {
    return Elementwise.of(function).applyTo(self());
  }

  private Tensor apply(ScalarFunction function, Tensor b) {
    return Elementwise.of(function).applyTo(self(), b);
  }

  private Tensor number(double value) {
    return Tensor.scalar(self().dtype(), value);
  }

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

  default Tensor square() {
    return apply(ScalarFunction.SQUARE);
  }

  default Tensor sqrt() {
    return apply(ScalarFunction.SQRT);
  }

  default Tensor reciprocal() {
    return apply(ScalarFunction.RECIPROCAL);
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

  default Tensor tanh() {
    return apply(ScalarFunction.TANH);
  }

  /** 1 / (1 + exp(-x)). */
  default Tensor sigmoid() {
    return apply(ScalarFunction.SIGMOID);
  }

  /** log(1 + exp(x)). */
  default Tensor softplus() {
    return apply(ScalarFunction.SOFTPLUS);
  }

  /** max(x, 0), with derivative 0 at 0. */
  default Tensor relu() {
    return apply(ScalarFunction.RELU);
  }

  /** x where x > 0, else slope x. */
  default Tensor leakyRelu(double slope) {
    return Elementwise.of(Formula.input(0).leakyRelu(slope)).applyTo(self());
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

  /** The elementwise product. */
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

  /** The smaller of two elements; NaN if one is. */
  default Tensor minimum(Tensor b) {
    return apply(ScalarFunction.MIN, b);
  }

  /** The larger of two elements; NaN if one is. */
  default Tensor maximum(Tensor b) {
    return apply(ScalarFunction.MAX, b);
  }

  /** this b + c with one rounding. */
  default Tensor fma(Tensor b, Tensor c) {
    return Elementwise.of(ScalarFunction.FMA).applyTo(self(), b, c);
  }

  /** 1 where this is less than b, else 0, in this dtype. */
  default Tensor less(Tensor b) {
    return apply(ScalarFunction.LESS, b);
  }

  /** 1 where this is at most b, else 0, in this dtype. */
  default Tensor lessEqual(Tensor b) {
    return apply(ScalarFunction.LESS_EQUAL, b);
  }

  /** 1 where this is greater than b, else 0, in this dtype. */
  default Tensor greater(Tensor b) {
    return apply(ScalarFunction.GREATER, b);
  }

  /** 1 where this is at least b, else 0, in this dtype. */
  default Tensor greaterEqual(Tensor b) {
    return apply(ScalarFunction.GREATER_EQUAL, b);
  }

  /** 1 where the elements are equal, else 0, in this dtype. */
  default Tensor equal(Tensor b) {
    return apply(ScalarFunction.EQUAL, b);
  }

  /** 1 where the elements differ, else 0, in this dtype. */
  default Tensor notEqual(Tensor b) {
    return apply(ScalarFunction.NOT_EQUAL, b);
  }

  /** a where this is not 0, else b; NaN and infinity of what is not chosen do not matter. */
  default Tensor where(Tensor a, Tensor b) {
    return Elementwise.of(ScalarFunction.SELECT).applyTo(self(), a, b);
  }
}
