package dev.lanegrad.autodiff.formula;

import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.program.Value;
import java.util.List;
import java.util.Locale;

/**
 * The elementwise functions. {@code FunctionRow} is their table: how each is computed, in exact
 * operations, its derivative with respect to each argument, where the property tests sample it, and
 * how far a result may be from the exact one.
 *
 * <p>Conventions at special points are PyTorch's: relu'(0) = 0, |x|'(0) = 0, sqrt'(0) = infinity,
 * min and max pass NaN on and halve the gradient between equal arguments.
 */
public enum ScalarFunction {
  NEG,
  ABS,
  SIGN,
  RECIPROCAL,
  SQUARE,
  SQRT,
  RSQRT,
  CBRT,
  FLOOR,
  CEIL,
  ROUND,

  EXP,
  EXPM1,
  LOG,
  LOG1P,
  LOG2,
  LOG10,

  SIN,
  COS,
  TAN,
  ASIN,
  ACOS,
  ATAN,

  SINH,
  COSH,
  TANH,
  SECH_SQUARED,
  ASINH,
  ACOSH,
  ATANH,

  ERF,
  ERFC,

  SIGMOID,
  LOG_SIGMOID,
  SOFTPLUS,
  RELU,
  RELU6,
  HARD_TANH,
  HARD_SIGMOID,
  HARD_SWISH,
  SELU,
  GELU,
  GELU_TANH,
  SILU,
  MISH,
  SOFTSIGN,

  ADD(2),
  SUB(2),
  MUL(2),
  DIV(2),
  POW(2),
  ATAN2(2),
  HYPOT(2),
  SQUARED_DIFFERENCE(2),
  MIN(2),
  MAX(2),
  LEAKY_RELU(2),
  ELU(2),
  CELU(2),

  LESS(2),
  LESS_EQUAL(2),
  GREATER(2),
  GREATER_EQUAL(2),
  EQUAL(2),
  NOT_EQUAL(2),
  LOGICAL_AND(2),
  LOGICAL_OR(2),
  LOGICAL_XOR(2),
  LOGICAL_NOT,

  FMA(3),
  CLAMP(3),
  SELECT(3);

  private final int arity;

  /** Of one argument. */
  ScalarFunction() {
    this(1);
  }

  ScalarFunction(int arity) {
    this.arity = arity;
  }

  /** The number of arguments. */
  public int arity() {
    return arity;
  }

  /** Whether argument {@code j} is asked only whether it is 0. */
  boolean isCondition(int j) {
    return switch (this) {
      case LOGICAL_AND, LOGICAL_OR, LOGICAL_XOR, LOGICAL_NOT -> true;
      case SELECT -> j == 0;
      default -> false;
    };
  }

  /** Where property tests sample each argument. */
  public List<Domain> domains() {
    return FunctionRow.of(this).domains();
  }

  /** The largest error of a result, in units in the last place, for float32 and float64. */
  public double ulps() {
    return FunctionRow.of(this).ulps();
  }

  /** This function applied to formulas. */
  public Formula of(Formula... arguments) {
    return Formula.apply(this, Present.all(this, "arguments", arguments));
  }

  /** The derivative with respect to argument {@code j}, from the arguments and the result. */
  public Formula derivative(int j, List<Formula> arguments, Formula result) {
    return FunctionRow.of(this).slopes().get(j).of(arguments, result);
  }

  /** The exact operations that compute this function from values of a program. */
  Value program(List<Value> arguments) {
    return FunctionRow.of(this).recipe().of(arguments);
  }

  /** The name in formulas and on tensors, such as {@code leakyRelu}. */
  @Override
  public String toString() {
    StringBuilder camel = new StringBuilder();
    for (String word : name().toLowerCase(Locale.ROOT).split("_", -1)) {
      camel.append(
          camel.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return camel.toString();
  }
}
