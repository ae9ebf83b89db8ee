package dev.lanegrad.autodiff.formula;

import static dev.lanegrad.autodiff.formula.Domain.ANY;
import static dev.lanegrad.autodiff.formula.Domain.HALVES;
import static dev.lanegrad.autodiff.formula.Domain.INSIDE_ONE;
import static dev.lanegrad.autodiff.formula.Domain.INTEGERS;
import static dev.lanegrad.autodiff.formula.Domain.POSITIVE;
import static dev.lanegrad.autodiff.formula.Domain.between;
import static dev.lanegrad.autodiff.formula.Slopes.atanSlope;
import static dev.lanegrad.autodiff.formula.Slopes.celuAlphaSlope;
import static dev.lanegrad.autodiff.formula.Slopes.gauss;
import static dev.lanegrad.autodiff.formula.Slopes.geluSlope;
import static dev.lanegrad.autodiff.formula.Slopes.geluTanhSlope;
import static dev.lanegrad.autodiff.formula.Slopes.inside;
import static dev.lanegrad.autodiff.formula.Slopes.isFlatInExponent;
import static dev.lanegrad.autodiff.formula.Slopes.mishSlope;
import static dev.lanegrad.autodiff.formula.Slopes.number;
import static dev.lanegrad.autodiff.formula.Slopes.oneMinusSquare;
import static dev.lanegrad.autodiff.formula.Slopes.oneWhere;
import static dev.lanegrad.autodiff.formula.Slopes.overSquaredLength;
import static dev.lanegrad.autodiff.formula.Slopes.powerSlope;
import static dev.lanegrad.autodiff.formula.Slopes.shareOf;
import static dev.lanegrad.autodiff.formula.Slopes.siluSlope;
import static dev.lanegrad.autodiff.formula.Slopes.sizeOr;
import static dev.lanegrad.autodiff.formula.Slopes.softsignSlope;
import static dev.lanegrad.autodiff.formula.Slopes.zeroAtOrigin;
import static dev.lanegrad.autodiff.formula.Slopes.zeroUnless;
import static dev.lanegrad.autodiff.formula.Slopes.zeroWhere;

import dev.lanegrad.autodiff.internal.program.Program;
import dev.lanegrad.autodiff.internal.program.Value;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The table of elementwise functions. A row says how a function is computed, its derivatives, where
 * the property tests sample it, and how far a result may be from the exact one.
 *
 * <p>Conventions at special points are PyTorch's: relu'(0) = 0, |x|'(0) = 0, sqrt'(0) = infinity,
 * min and max pass NaN on and halve the gradient between equal arguments.
 *
 * @param recipe the exact operations that compute it, see {@link Program}
 * @param slopes the derivative with respect to each argument, in terms of the arguments and the
 *     result y
 * @param domains where each argument is sampled
 * @param ulps the largest error of a result, in units in the last place
 */
record FunctionRow(Recipe recipe, List<Slope> slopes, List<Domain> domains, double ulps) {
  private static final Map<ScalarFunction, FunctionRow> MADE = new ConcurrentHashMap<>();

  /**
   * The row of a function, made when it is first asked for: the JVM links each lambda that it comes
   * to, and those of all rows took an eighth of a small training's way to its first step.
   */
  static FunctionRow of(ScalarFunction function) {
    FunctionRow made = MADE.get(function);
    if (made == null) {
      made = made(function);
      MADE.put(function, made);
    }
    return made;
  }

  private static FunctionRow made(ScalarFunction function) {
    return switch (function) {
      // recipe, derivative, domain, largest error in ulp
      case NEG -> row(Value::neg, (x, y) -> number(-1), ANY, 0);
      case ABS -> row(Value::abs, (x, y) -> zeroWhere(x.equal(0), x.sign()), ANY.awayFrom(0), 0);
      case SIGN -> row(Selections::sign, (x, y) -> number(0), ANY.awayFrom(0), 0);
      case RECIPROCAL -> row(Arithmetic::reciprocal, (x, y) -> y.square().neg(), POSITIVE, 0.5);
      case SQUARE -> row(Arithmetic::square, (x, y) -> x.mul(2), ANY, 0.5);
      case SQRT -> row(Value::sqrt, (x, y) -> number(0.5).div(y), POSITIVE, 0.5);
      case RSQRT ->
          row(Arithmetic::reciprocalSquareRoot, (x, y) -> y.mul(-0.5).div(x), POSITIVE, 1.5);
      case CBRT -> row(Powers::cbrt, (x, y) -> y.square().mul(3).reciprocal(), POSITIVE, 0.55);
      case FLOOR -> row(Selections::floor, (x, y) -> number(0), ANY.awayFrom(INTEGERS), 0);
      case CEIL -> row(Selections::ceil, (x, y) -> number(0), ANY.awayFrom(INTEGERS), 0);
      case ROUND -> row(Selections::round, (x, y) -> number(0), ANY.awayFrom(HALVES), 0);

      case EXP -> row(Exponentials::exp, (x, y) -> y, ANY, 1.07);
      case EXPM1 -> row(Exponentials::expm1, (x, y) -> x.exp(), ANY, 1.6);
      case LOG -> row(Logarithms::log, (x, y) -> x.reciprocal(), POSITIVE, 0.93);
      case LOG1P -> row(Logarithms::log1p, (x, y) -> x.add(1).reciprocal(), between(-0.9, 6), 1.51);
      case LOG2 ->
          row(Logarithms::log2, (x, y) -> x.reciprocal().mul(1 / Math.log(2)), POSITIVE, 1.01);
      case LOG10 ->
          row(Logarithms::log10, (x, y) -> number(1 / Math.log(10)).div(x), POSITIVE, 0.98);

      case SIN -> row(Trigonometry::sin, (x, y) -> x.cos(), ANY, 1.62);
      case COS -> row(Trigonometry::cos, (x, y) -> x.sin().neg(), ANY, 1.62);
      case TAN -> row(Trigonometry::tan, (x, y) -> y.square().add(1), between(-1.4, 1.4), 1.36);
      case ASIN -> row(Trigonometry::asin, (x, y) -> oneMinusSquare(x).rsqrt(), INSIDE_ONE, 1.26);
      case ACOS ->
          row(Trigonometry::acos, (x, y) -> oneMinusSquare(x).rsqrt().neg(), INSIDE_ONE, 1.22);
      case ATAN -> row(Trigonometry::atan, (x, y) -> atanSlope(x), ANY, 1.27);

      case SINH -> row(Hyperbolics::sinh, (x, y) -> x.cosh(), ANY, 1.51);
      case COSH -> row(Hyperbolics::cosh, (x, y) -> x.sinh(), ANY, 1.87);
      case TANH -> row(Hyperbolics::tanh, (x, y) -> x.sechSquared(), ANY, 1.63);
      case SECH_SQUARED -> row(Hyperbolics::sechSquared, (x, y) -> y.mul(x.tanh()).mul(-2), ANY, 4);
      case ASINH ->
          row(
              Hyperbolics::asinh,
              (x, y) -> sizeOr(x, x.square().add(1).sqrt()).reciprocal(),
              ANY,
              1.82);
      case ACOSH ->
          row(
              Hyperbolics::acosh,
              (x, y) -> sizeOr(x, x.sub(1).mul(x.add(1)).sqrt()).reciprocal(),
              between(1.1, 6),
              1.63);
      case ATANH ->
          row(Hyperbolics::atanh, (x, y) -> oneMinusSquare(x).reciprocal(), INSIDE_ONE, 1.67);

      case ERF -> row(ErrorFunctions::erf, (x, y) -> gauss(x), ANY, 1.07);
      case ERFC -> row(ErrorFunctions::erfc, (x, y) -> gauss(x).neg(), ANY, 1.98);

      case SIGMOID ->
          row(Exponentials::sigmoid, (x, y) -> x.mul(0.5).sechSquared().mul(0.25), ANY, 1.53);
      case LOG_SIGMOID -> row(Activations::logSigmoid, (x, y) -> x.neg().sigmoid(), ANY, 1.8);
      case SOFTPLUS -> row(Exponentials::softplus, (x, y) -> x.sigmoid(), ANY, 1.8);
      case RELU -> row(Activations::relu, (x, y) -> oneWhere(y.greater(0)), ANY.awayFrom(0), 0);
      case RELU6 ->
          row(
              Activations::relu6,
              (x, y) -> oneWhere(inside(y, 0, 6)),
              between(-3, 9).awayFrom(0, 6),
              0);
      case HARD_TANH ->
          row(Activations::hardTanh, (x, y) -> oneWhere(inside(y, -1, 1)), ANY.awayFrom(-1, 1), 0);
      case HARD_SIGMOID ->
          row(
              Activations::hardSigmoid,
              (x, y) -> zeroUnless(inside(x, -3, 3), number(1.0 / 6)),
              ANY.awayFrom(-3, 3),
              2.5);
      case HARD_SWISH ->
          row(
              Activations::hardSwish,
              (x, y) -> zeroWhere(x.lessEqual(-3), x.less(3).where(x.div(3).add(0.5), number(1))),
              ANY.awayFrom(-3, 3),
              3.5);
      case SELU ->
          row(
              Activations::selu,
              (x, y) ->
                  x.greater(0)
                      .where(
                          number(Activations.SELU_SCALE),
                          x.exp().mul(Activations.SELU_SCALE * Activations.SELU_ALPHA)),
              ANY.awayFrom(0),
              2.6);
      case GELU -> row(ErrorFunctions::gelu, (x, y) -> geluSlope(x), ANY, 2.22);
      // Small where x is negative: there the error of u(x) counts |2 u(x)| times in exp.
      case GELU_TANH -> row(Activations::geluTanh, (x, y) -> geluTanhSlope(x), ANY, 40);
      case SILU -> row(Activations::silu, (x, y) -> siluSlope(x), ANY, 2.6);
      case MISH -> row(Activations::mish, (x, y) -> mishSlope(x), ANY, 4);
      case SOFTSIGN -> row(Activations::softsign, (x, y) -> softsignSlope(x), ANY.awayFrom(0), 1.5);

      case ADD -> row(Value::add, (a, b, y) -> number(1), (a, b, y) -> number(1), ANY, ANY, 0.5);
      case SUB -> row(Value::sub, (a, b, y) -> number(1), (a, b, y) -> number(-1), ANY, ANY, 0.5);
      case MUL -> row(Value::mul, (a, b, y) -> b, (a, b, y) -> a, ANY, ANY, 0.5);
      case DIV ->
          row(
              Value::div,
              (a, b, y) -> b.reciprocal(),
              (a, b, y) -> y.div(b).neg(),
              ANY,
              POSITIVE,
              0.5);
      case POW ->
          row(
              Powers::pow,
              (a, b, y) -> powerSlope(b, a.pow(b.sub(1))),
              (a, b, y) -> zeroWhere(isFlatInExponent(a, b, y), y.mul(a.log())),
              POSITIVE,
              ANY,
              1.07);
      case ATAN2 ->
          row(
              Trigonometry::atan2,
              (a, b, y) -> overSquaredLength(b, a, b),
              (a, b, y) -> overSquaredLength(a.neg(), a, b),
              POSITIVE,
              ANY.awayFrom(0),
              1.55);
      case HYPOT ->
          row(
              Arithmetic::hypot,
              (a, b, y) -> zeroAtOrigin(y, a.div(y)),
              (a, b, y) -> zeroAtOrigin(y, b.div(y)),
              POSITIVE,
              POSITIVE,
              1.1);
      case SQUARED_DIFFERENCE ->
          row(
              Arithmetic::squaredDifference,
              (a, b, y) -> a.sub(b).mul(2),
              (a, b, y) -> b.sub(a).mul(2),
              ANY,
              ANY,
              2);
      case MIN ->
          row(
              Selections::min,
              (a, b, y) -> zeroWhere(a.greater(b), shareOf(a, b)),
              (a, b, y) -> zeroWhere(a.less(b), shareOf(a, b)),
              ANY,
              ANY,
              0);
      case MAX ->
          row(
              Selections::max,
              (a, b, y) -> zeroWhere(a.less(b), shareOf(a, b)),
              (a, b, y) -> zeroWhere(a.greater(b), shareOf(a, b)),
              ANY,
              ANY,
              0);
      case LEAKY_RELU ->
          row(
              Activations::leakyRelu,
              (x, slope, y) -> x.greater(0).where(number(1), slope),
              (x, slope, y) -> zeroWhere(x.greater(0), x),
              ANY.awayFrom(0),
              between(0.01, 0.5),
              0.5);
      case ELU ->
          row(
              Activations::elu,
              (x, alpha, y) -> x.greater(0).where(number(1), alpha.mul(x.exp())),
              (x, alpha, y) -> zeroWhere(x.greater(0), x.expm1()),
              ANY.awayFrom(0),
              POSITIVE,
              2.6);
      case CELU ->
          row(
              Activations::celu,
              (x, alpha, y) -> x.greater(0).where(number(1), x.div(alpha).exp()),
              (x, alpha, y) -> zeroWhere(x.greater(0), celuAlphaSlope(x.div(alpha))),
              ANY.awayFrom(0),
              between(0.5, 3),
              4);

      case LESS -> row(Value::less);
      case LESS_EQUAL -> row(Value::lessEqual);
      case GREATER -> row(Value::greater);
      case GREATER_EQUAL -> row(Value::greaterEqual);
      case EQUAL -> row(Value::equal);
      case NOT_EQUAL -> row(Value::notEqual);
      case LOGICAL_AND -> row(Value::and);
      case LOGICAL_OR -> row(Value::or);
      case LOGICAL_XOR -> row(Selections::exclusiveOr);
      case LOGICAL_NOT -> row(Value::not, (x, y) -> number(0), ANY.awayFrom(0), 0);

      case FMA ->
          row(
              Value::fma,
              (a, b, c, y) -> b,
              (a, b, c, y) -> a,
              (a, b, c, y) -> number(1),
              ANY,
              ANY,
              ANY,
              0.5);
      case CLAMP ->
          row(
              Activations::clamp,
              (x, low, high, y) -> oneWhere(x.greaterEqual(low).logicalAnd(x.lessEqual(high))),
              (x, low, high, y) -> oneWhere(x.less(low).logicalAnd(low.greater(high).logicalNot())),
              (x, low, high, y) -> oneWhere(x.greater(high).logicalOr(low.greater(high))),
              ANY.awayFrom(-1, 1),
              between(-1.005, -0.995),
              between(0.995, 1.005),
              0);
      case SELECT ->
          row(
              Value::select,
              (c, a, b, y) -> number(0),
              (c, a, b, y) -> oneWhere(c),
              (c, a, b, y) -> zeroWhere(c, number(1)),
              ANY.awayFrom(0),
              ANY,
              ANY,
              0);
    };
  }

  private static FunctionRow row(UnaryRecipe recipe, UnarySlope slope, Domain domain, double ulps) {
    return new FunctionRow(
        v -> recipe.of(v.get(0)), List.of((x, y) -> slope.of(x.get(0), y)), List.of(domain), ulps);
  }

  private static FunctionRow row(
      BinaryRecipe recipe,
      BinarySlope slopeA,
      BinarySlope slopeB,
      Domain a,
      Domain b,
      double ulps) {
    return new FunctionRow(
        v -> recipe.of(v.get(0), v.get(1)),
        List.of(
            (x, y) -> slopeA.of(x.get(0), x.get(1), y), (x, y) -> slopeB.of(x.get(0), x.get(1), y)),
        List.of(a, b),
        ulps);
  }

  /** A comparison or a connective: 1 where it holds, else 0; flat everywhere. */
  private static FunctionRow row(BinaryRecipe comparison) {
    return row(
        comparison,
        (a, b, y) -> Formula.ZERO,
        (a, b, y) -> Formula.ZERO,
        Domain.ANY,
        Domain.ANY,
        0);
  }

  private static FunctionRow row(
      TernaryRecipe recipe,
      TernarySlope slopeA,
      TernarySlope slopeB,
      TernarySlope slopeC,
      Domain a,
      Domain b,
      Domain c,
      double ulps) {
    return new FunctionRow(
        v -> recipe.of(v.get(0), v.get(1), v.get(2)),
        List.of(
            (x, y) -> slopeA.of(x.get(0), x.get(1), x.get(2), y),
            (x, y) -> slopeB.of(x.get(0), x.get(1), x.get(2), y),
            (x, y) -> slopeC.of(x.get(0), x.get(1), x.get(2), y)),
        List.of(a, b, c),
        ulps);
  }

  interface Recipe {
    Value of(List<Value> arguments);
  }

  private interface UnaryRecipe {
    Value of(Value x);
  }

  private interface BinaryRecipe {
    Value of(Value a, Value b);
  }

  private interface TernaryRecipe {
    Value of(Value a, Value b, Value c);
  }

  interface Slope {
    Formula of(List<Formula> arguments, Formula result);
  }

  private interface UnarySlope {
    Formula of(Formula x, Formula y);
  }

  private interface BinarySlope {
    Formula of(Formula a, Formula b, Formula y);
  }

  private interface TernarySlope {
    Formula of(Formula a, Formula b, Formula c, Formula y);
  }
}
