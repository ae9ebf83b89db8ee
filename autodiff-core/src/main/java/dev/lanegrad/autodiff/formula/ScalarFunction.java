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

import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.program.Program;
import dev.lanegrad.autodiff.internal.program.Value;
import java.util.List;
import java.util.Locale;

/**
 * The table of elementwise functions. A row says how a function is computed (a recipe of exact
 * operations, see {@link Program}), its derivative with respect to each argument in terms of the
 * arguments and the result y, where the property tests sample it, and how far a result may be from
 * the exact one.
 *
 * <p>Conventions at special points are PyTorch's: relu'(0) = 0, |x|'(0) = 0, sqrt'(0) = infinity,
 * min and max pass NaN on and halve the gradient between equal arguments.
 */
public enum ScalarFunction {
  // recipe, derivative, domain, largest error in ulp
  NEG(Value::neg, (x, y) -> number(-1), ANY, 0),
  ABS(Value::abs, (x, y) -> zeroWhere(x.equal(0), x.sign()), ANY.awayFrom(0), 0),
  SIGN(Selections::sign, (x, y) -> number(0), ANY.awayFrom(0), 0),
  RECIPROCAL(Arithmetic::reciprocal, (x, y) -> y.square().neg(), POSITIVE, 0.5),
  SQUARE(Arithmetic::square, (x, y) -> x.mul(2), ANY, 0.5),
  SQRT(Value::sqrt, (x, y) -> number(0.5).div(y), POSITIVE, 0.5),
  RSQRT(Arithmetic::reciprocalSquareRoot, (x, y) -> y.mul(-0.5).div(x), POSITIVE, 1.5),
  CBRT(Powers::cbrt, (x, y) -> y.square().mul(3).reciprocal(), POSITIVE, 0.55),
  FLOOR(Selections::floor, (x, y) -> number(0), ANY.awayFrom(INTEGERS), 0),
  CEIL(Selections::ceil, (x, y) -> number(0), ANY.awayFrom(INTEGERS), 0),
  ROUND(Selections::round, (x, y) -> number(0), ANY.awayFrom(HALVES), 0),

  EXP(Exponentials::exp, (x, y) -> y, ANY, 1.07),
  EXPM1(Exponentials::expm1, (x, y) -> x.exp(), ANY, 1.6),
  LOG(Logarithms::log, (x, y) -> x.reciprocal(), POSITIVE, 0.93),
  LOG1P(Logarithms::log1p, (x, y) -> x.add(1).reciprocal(), between(-0.9, 6), 1.51),
  LOG2(Logarithms::log2, (x, y) -> x.reciprocal().mul(1 / Math.log(2)), POSITIVE, 1.01),
  LOG10(Logarithms::log10, (x, y) -> number(1 / Math.log(10)).div(x), POSITIVE, 0.98),

  SIN(Trigonometry::sin, (x, y) -> x.cos(), ANY, 1.62),
  COS(Trigonometry::cos, (x, y) -> x.sin().neg(), ANY, 1.62),
  TAN(Trigonometry::tan, (x, y) -> y.square().add(1), between(-1.4, 1.4), 1.36),
  ASIN(Trigonometry::asin, (x, y) -> oneMinusSquare(x).rsqrt(), INSIDE_ONE, 1.26),
  ACOS(Trigonometry::acos, (x, y) -> oneMinusSquare(x).rsqrt().neg(), INSIDE_ONE, 1.22),
  ATAN(Trigonometry::atan, (x, y) -> atanSlope(x), ANY, 1.27),

  SINH(Hyperbolics::sinh, (x, y) -> x.cosh(), ANY, 1.51),
  COSH(Hyperbolics::cosh, (x, y) -> x.sinh(), ANY, 1.87),
  TANH(Hyperbolics::tanh, (x, y) -> x.sechSquared(), ANY, 1.63),
  SECH_SQUARED(Hyperbolics::sechSquared, (x, y) -> y.mul(x.tanh()).mul(-2), ANY, 4),
  ASINH(Hyperbolics::asinh, (x, y) -> sizeOr(x, x.square().add(1).sqrt()).reciprocal(), ANY, 1.82),
  ACOSH(
      Hyperbolics::acosh,
      (x, y) -> sizeOr(x, x.sub(1).mul(x.add(1)).sqrt()).reciprocal(),
      between(1.1, 6),
      1.63),
  ATANH(Hyperbolics::atanh, (x, y) -> oneMinusSquare(x).reciprocal(), INSIDE_ONE, 1.67),

  ERF(ErrorFunctions::erf, (x, y) -> gauss(x), ANY, 1.07),
  ERFC(ErrorFunctions::erfc, (x, y) -> gauss(x).neg(), ANY, 1.98),

  SIGMOID(Exponentials::sigmoid, (x, y) -> x.mul(0.5).sechSquared().mul(0.25), ANY, 1.53),
  LOG_SIGMOID(Activations::logSigmoid, (x, y) -> x.neg().sigmoid(), ANY, 1.8),
  SOFTPLUS(Exponentials::softplus, (x, y) -> x.sigmoid(), ANY, 1.8),
  RELU(Activations::relu, (x, y) -> oneWhere(y.greater(0)), ANY.awayFrom(0), 0),
  RELU6(Activations::relu6, (x, y) -> oneWhere(inside(y, 0, 6)), between(-3, 9).awayFrom(0, 6), 0),
  HARD_TANH(Activations::hardTanh, (x, y) -> oneWhere(inside(y, -1, 1)), ANY.awayFrom(-1, 1), 0),
  HARD_SIGMOID(
      Activations::hardSigmoid,
      (x, y) -> zeroUnless(inside(x, -3, 3), number(1.0 / 6)),
      ANY.awayFrom(-3, 3),
      2.5),
  HARD_SWISH(
      Activations::hardSwish,
      (x, y) -> zeroWhere(x.lessEqual(-3), x.less(3).where(x.div(3).add(0.5), number(1))),
      ANY.awayFrom(-3, 3),
      3.5),
  SELU(
      Activations::selu,
      (x, y) ->
          x.greater(0)
              .where(
                  number(Activations.SELU_SCALE),
                  x.exp().mul(Activations.SELU_SCALE * Activations.SELU_ALPHA)),
      ANY.awayFrom(0),
      2.6),
  GELU(ErrorFunctions::gelu, (x, y) -> geluSlope(x), ANY, 2.22),
  /** Small where x is negative: there the error of u(x) counts |2 u(x)| times in exp. */
  GELU_TANH(Activations::geluTanh, (x, y) -> geluTanhSlope(x), ANY, 40),
  SILU(Activations::silu, (x, y) -> siluSlope(x), ANY, 2.6),
  MISH(Activations::mish, (x, y) -> mishSlope(x), ANY, 4),
  SOFTSIGN(Activations::softsign, (x, y) -> softsignSlope(x), ANY.awayFrom(0), 1.5),

  ADD(Value::add, (a, b, y) -> number(1), (a, b, y) -> number(1), ANY, ANY, 0.5),
  SUB(Value::sub, (a, b, y) -> number(1), (a, b, y) -> number(-1), ANY, ANY, 0.5),
  MUL(Value::mul, (a, b, y) -> b, (a, b, y) -> a, ANY, ANY, 0.5),
  DIV(Value::div, (a, b, y) -> b.reciprocal(), (a, b, y) -> y.div(b).neg(), ANY, POSITIVE, 0.5),
  POW(
      Powers::pow,
      (a, b, y) -> powerSlope(b, a.pow(b.sub(1))),
      (a, b, y) -> zeroWhere(isFlatInExponent(a, b, y), y.mul(a.log())),
      POSITIVE,
      ANY,
      1.07),
  ATAN2(
      Trigonometry::atan2,
      (a, b, y) -> overSquaredLength(b, a, b),
      (a, b, y) -> overSquaredLength(a.neg(), a, b),
      POSITIVE,
      ANY.awayFrom(0),
      1.55),
  HYPOT(
      Arithmetic::hypot,
      (a, b, y) -> zeroAtOrigin(y, a.div(y)),
      (a, b, y) -> zeroAtOrigin(y, b.div(y)),
      POSITIVE,
      POSITIVE,
      1.1),
  SQUARED_DIFFERENCE(
      Arithmetic::squaredDifference,
      (a, b, y) -> a.sub(b).mul(2),
      (a, b, y) -> b.sub(a).mul(2),
      ANY,
      ANY,
      2),
  MIN(
      Selections::min,
      (a, b, y) -> zeroWhere(a.greater(b), shareOf(a, b)),
      (a, b, y) -> zeroWhere(a.less(b), shareOf(a, b)),
      ANY,
      ANY,
      0),
  MAX(
      Selections::max,
      (a, b, y) -> zeroWhere(a.less(b), shareOf(a, b)),
      (a, b, y) -> zeroWhere(a.greater(b), shareOf(a, b)),
      ANY,
      ANY,
      0),
  LEAKY_RELU(
      Activations::leakyRelu,
      (x, slope, y) -> x.greater(0).where(number(1), slope),
      (x, slope, y) -> zeroWhere(x.greater(0), x),
      ANY.awayFrom(0),
      between(0.01, 0.5),
      0.5),
  ELU(
      Activations::elu,
      (x, alpha, y) -> x.greater(0).where(number(1), alpha.mul(x.exp())),
      (x, alpha, y) -> zeroWhere(x.greater(0), x.expm1()),
      ANY.awayFrom(0),
      POSITIVE,
      2.6),
  CELU(
      Activations::celu,
      (x, alpha, y) -> x.greater(0).where(number(1), x.div(alpha).exp()),
      (x, alpha, y) -> zeroWhere(x.greater(0), celuAlphaSlope(x.div(alpha))),
      ANY.awayFrom(0),
      between(0.5, 3),
      4),

  LESS(Value::less),
  LESS_EQUAL(Value::lessEqual),
  GREATER(Value::greater),
  GREATER_EQUAL(Value::greaterEqual),
  EQUAL(Value::equal),
  NOT_EQUAL(Value::notEqual),
  LOGICAL_AND(Value::and),
  LOGICAL_OR(Value::or),
  LOGICAL_XOR(Selections::exclusiveOr),
  LOGICAL_NOT(Value::not, (x, y) -> number(0), ANY.awayFrom(0), 0),

  FMA(
      Value::fma,
      (a, b, c, y) -> b,
      (a, b, c, y) -> a,
      (a, b, c, y) -> number(1),
      ANY,
      ANY,
      ANY,
      0.5),
  CLAMP(
      Activations::clamp,
      (x, low, high, y) -> oneWhere(x.greaterEqual(low).logicalAnd(x.lessEqual(high))),
      (x, low, high, y) -> oneWhere(x.less(low).logicalAnd(low.greater(high).logicalNot())),
      (x, low, high, y) -> oneWhere(x.greater(high).logicalOr(low.greater(high))),
      ANY.awayFrom(-1, 1),
      between(-1.005, -0.995),
      between(0.995, 1.005),
      0),
  SELECT(
      Value::select,
      (c, a, b, y) -> number(0),
      (c, a, b, y) -> oneWhere(c),
      (c, a, b, y) -> zeroWhere(c, number(1)),
      ANY.awayFrom(0),
      ANY,
      ANY,
      0);

  private final int arity;
  private final Recipe recipe;
  private final List<Slope> slopes;
  private final List<Domain> domains;
  private final double ulps;

  ScalarFunction(UnaryRecipe recipe, UnarySlope slope, Domain domain, double ulps) {
    this(v -> recipe.of(v.get(0)), List.of((x, y) -> slope.of(x.get(0), y)), List.of(domain), ulps);
  }

  ScalarFunction(
      BinaryRecipe recipe,
      BinarySlope slopeA,
      BinarySlope slopeB,
      Domain a,
      Domain b,
      double ulps) {
    this(
        v -> recipe.of(v.get(0), v.get(1)),
        List.of(
            (x, y) -> slopeA.of(x.get(0), x.get(1), y), (x, y) -> slopeB.of(x.get(0), x.get(1), y)),
        List.of(a, b),
        ulps);
  }

  /** A comparison or a connective: 1 where it holds, else 0; flat everywhere. */
  ScalarFunction(BinaryRecipe comparison) {
    this(
        comparison,
        (a, b, y) -> Formula.ZERO,
        (a, b, y) -> Formula.ZERO,
        Domain.ANY,
        Domain.ANY,
        0);
  }

  ScalarFunction(
      TernaryRecipe recipe,
      TernarySlope slopeA,
      TernarySlope slopeB,
      TernarySlope slopeC,
      Domain a,
      Domain b,
      Domain c,
      double ulps) {
    this(
        v -> recipe.of(v.get(0), v.get(1), v.get(2)),
        List.of(
            (x, y) -> slopeA.of(x.get(0), x.get(1), x.get(2), y),
            (x, y) -> slopeB.of(x.get(0), x.get(1), x.get(2), y),
            (x, y) -> slopeC.of(x.get(0), x.get(1), x.get(2), y)),
        List.of(a, b, c),
        ulps);
  }

  ScalarFunction(Recipe recipe, List<Slope> slopes, List<Domain> domains, double ulps) {
    this.arity = domains.size();
    this.recipe = recipe;
    this.slopes = slopes;
    this.domains = domains;
    this.ulps = ulps;
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
    return domains;
  }

  /** The largest error of a result, in units in the last place, for float32 and float64. */
  public double ulps() {
    return ulps;
  }

  /** This function applied to formulas. */
  public Formula of(Formula... arguments) {
    return Formula.apply(this, Present.all(this, "arguments", arguments));
  }

  /** The derivative with respect to argument {@code j}, from the arguments and the result. */
  public Formula derivative(int j, List<Formula> arguments, Formula result) {
    return slopes.get(j).of(arguments, result);
  }

  /** The exact operations that compute this function from values of a program. */
  Value program(List<Value> arguments) {
    return recipe.of(arguments);
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

  private interface Recipe {
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

  private interface Slope {
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
