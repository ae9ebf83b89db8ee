package dev.lanegrad.autodiff.formula;

import dev.lanegrad.autodiff.internal.program.Value;

/** Recipes of activation functions, in forms that neither overflow nor cancel. */
final class Activations {
  // Klambauer et al., "Self-Normalizing Neural Networks", 2017
  static final double SELU_ALPHA = 1.6732632423543772;
  static final double SELU_SCALE = 1.0507009873554805;

  // Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016: x sigmoid(2 u(x)),
  // u(x) = sqrt(2 / pi) (x + 0.044715 x^3)
  static final double GELU_SLOPE = 0.7978845608028654;
  static final double GELU_CUBIC = 0.044715;

  private Activations() {}

  static Value logSigmoid(Value x) {
    return Exponentials.softplus(x.neg()).neg();
  }

  static Value relu(Value x) {
    return x.lessEqual(0).select(0, x);
  }

  static Value clamp(Value x, Value low, Value high) {
    Value raised = x.less(low).select(low, x);
    return raised.greater(high).select(high, raised);
  }

  private static Value clamp(Value x, double low, double high) {
    return clamp(x, x.program().constant(low), x.program().constant(high));
  }

  static Value relu6(Value x) {
    return x.lessEqual(0).select(0, x.greater(6).select(6, x));
  }

  static Value hardTanh(Value x) {
    return clamp(x, -1, 1);
  }

  /** clamp(x + 3, 0, 6) / 6. */
  static Value hardSigmoid(Value x) {
    return clamp(x.add(3), 0, 6).div(x.program().constant(6));
  }

  static Value hardSwish(Value x) {
    Value y = x.mul(clamp(x.add(3), 0, 6)).div(x.program().constant(6));
    return x.lessEqual(-3).select(-0.0, y);
  }

  static Value leakyRelu(Value x, Value slope) {
    return x.greater(0).select(x, x.mul(slope));
  }

  static Value elu(Value x, Value alpha) {
    return x.greater(0).select(x, alpha.mul(Exponentials.expm1(x)));
  }

  static Value celu(Value x, Value alpha) {
    return x.greater(0).select(x, alpha.mul(Exponentials.expm1(x.div(alpha))));
  }

  static Value selu(Value x) {
    Value negative = Exponentials.expm1(x).mul(SELU_SCALE * SELU_ALPHA);
    return x.greater(0).select(x.mul(SELU_SCALE), negative);
  }

  /** x sigmoid(x), and 0 at -infinity. */
  static Value silu(Value x) {
    return timesGate(x, Exponentials.sigmoid(x));
  }

  static Value geluTanh(Value x) {
    Value twice = x.mul(x).mul(2 * GELU_SLOPE * GELU_CUBIC).add(2 * GELU_SLOPE).mul(x);
    return timesGate(x, Exponentials.sigmoid(twice));
  }

  /** A gate that has closed stays closed however large x is. */
  private static Value timesGate(Value x, Value gate) {
    return gate.equal(0).select(-0.0, x.mul(gate));
  }

  /**
   * x tanh(softplus(x)) = x n / (n + 2) with n = e^x (e^x + 2), and the same divided by e^2x where
   * that is large (Misra, "Mish", 2019).
   */
  static Value mish(Value x) {
    Value positive = x.greater(0);
    Value e = Exponentials.exp(x.abs().neg());
    Value square = e.mul(e);
    Value numerator = positive.select(e.add(e).add(1), e.fma(e, e.add(e)));
    Value rest = positive.select(square.add(square), x.program().constant(2));
    return timesGate(x, numerator.div(numerator.add(rest)));
  }

  static Value softsign(Value x) {
    Value y = x.div(x.abs().add(1));
    double infinity = Double.POSITIVE_INFINITY;
    return x.abs().equal(infinity).select(x.program().constant(1).withSignOf(x), y);
  }
}
