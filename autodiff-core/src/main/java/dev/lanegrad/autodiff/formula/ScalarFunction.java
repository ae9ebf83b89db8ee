package dev.lanegrad.autodiff.formula;

import dev.lanegrad.autodiff.formula.Program.Value;
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
  NEG(Value::neg, (x, y) -> number(-1), Domain.ANY, 0),
  ABS(Value::abs, (x, y) -> x.sign(), Domain.ANY.awayFrom(0), 0),
  SIGN(Selections::sign, (x, y) -> number(0), Domain.ANY.awayFrom(0), 0),
  SQUARE(x -> x.mul(x), (x, y) -> x.mul(2), Domain.ANY, 0.5),
  SQRT(Value::sqrt, (x, y) -> number(0.5).div(y), Domain.POSITIVE, 0.5),
  RECIPROCAL(Selections::reciprocal, (x, y) -> y.square().neg(), Domain.POSITIVE, 0.5),
  EXP(Exponentials::exp, (x, y) -> y, Domain.ANY, 1.05),
  EXPM1(Exponentials::expm1, (x, y) -> y.add(1), Domain.ANY, 1.6),
  LOG(Logarithms::log, (x, y) -> x.reciprocal(), Domain.POSITIVE, 0.93),
  LOG1P(
      Logarithms::log1p, (x, y) -> x.add(1).reciprocal(), Domain.between(-0.95, 6), 1.51),
  TANH(Hyperbolics::tanh, (x, y) -> number(1).sub(y.square()), Domain.ANY, 1.63),
  SIGMOID(Exponentials::sigmoid, (x, y) -> y.mul(number(1).sub(y)), Domain.ANY, 1.53),
  SOFTPLUS(Exponentials::softplus, (x, y) -> x.sigmoid(), Domain.ANY, 1.8),
  RELU(Selections::relu, (x, y) -> where(x.greater(number(0)), 1, 0), Domain.ANY.awayFrom(0), 0),

  ADD(Value::add, (a, b, y) -> number(1), (a, b, y) -> number(1), Domain.ANY, Domain.ANY, 0.5),
  SUB(Value::sub, (a, b, y) -> number(1), (a, b, y) -> number(-1), Domain.ANY, Domain.ANY, 0.5),
  MUL(Value::mul, (a, b, y) -> b, (a, b, y) -> a, Domain.ANY, Domain.ANY, 0.5),
  DIV(
      Value::div,
      (a, b, y) -> b.reciprocal(),
      (a, b, y) -> y.div(b).neg(),
      Domain.ANY,
      Domain.POSITIVE,
      0.5),
  MIN(
      Selections::min,
      (a, b, y) -> a.equal(b).select(number(0.5), where(a.greater(b), 0, 1)),
      (a, b, y) -> a.equal(b).select(number(0.5), where(a.less(b), 0, 1)),
      Domain.ANY,
      Domain.ANY,
      0),
  MAX(
      Selections::max,
      (a, b, y) -> a.equal(b).select(number(0.5), where(a.less(b), 0, 1)),
      (a, b, y) -> a.equal(b).select(number(0.5), where(a.greater(b), 0, 1)),
      Domain.ANY,
      Domain.ANY,
      0),
  LEAKY_RELU(
      Selections::leakyRelu,
      (x, slope, y) -> x.greater(number(0)).select(number(1), slope),
      (x, slope, y) -> x.greater(number(0)).select(number(0), x),
      Domain.ANY.awayFrom(0),
      Domain.between(0.01, 0.5),
      0.5),

  LESS(Value::less),
  LESS_EQUAL(Value::lessEqual),
  GREATER(Value::greater),
  GREATER_EQUAL(Value::greaterEqual),
  EQUAL(Value::equal),
  NOT_EQUAL(Value::notEqual),

  FMA(
      Value::fma,
      (a, b, c, y) -> b,
      (a, b, c, y) -> a,
      (a, b, c, y) -> number(1),
      Domain.ANY,
      Domain.ANY,
      0.5),
  SELECT(
      Value::select,
      (c, a, b, y) -> number(0),
      (c, a, b, y) -> where(c, 1, 0),
      (c, a, b, y) -> where(c, 0, 1),
      Domain.ANY.awayFrom(0),
      Domain.ANY,
      0);

  private final int arity;
  private final Recipe recipe;
  private final List<Slope> slopes;
  private final List<Domain> domains;
  private final double ulps;

  ScalarFunction(UnaryRecipe recipe, UnarySlope slope, Domain domain, double ulps) {
    this(
        v -> recipe.of(v.get(0)),
        List.of((x, y) -> slope.of(x.get(0), y)),
        List.of(domain),
        ulps);
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

  /** A comparison: 1 where it holds, else 0; flat everywhere. */
  ScalarFunction(BinaryRecipe comparison) {
    this(
        comparison,
        (a, b, y) -> number(0),
        (a, b, y) -> number(0),
        Domain.ANY,
        Domain.ANY,
        0);
  }

  /** A function of three arguments, the last two from the same domain. */
  ScalarFunction(
      TernaryRecipe recipe,
      TernarySlope slopeA,
      TernarySlope slopeB,
      TernarySlope slopeC,
      Domain a,
      Domain bAndC,
      double ulps) {
    this(
        v -> recipe.of(v.get(0), v.get(1), v.get(2)),
        List.of(
            (x, y) -> slopeA.of(x.get(0), x.get(1), x.get(2), y),
            (x, y) -> slopeB.of(x.get(0), x.get(1), x.get(2), y),
            (x, y) -> slopeC.of(x.get(0), x.get(1), x.get(2), y)),
        List.of(a, bAndC, bAndC),
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
    return Formula.apply(this, List.of(arguments));
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

  private static Formula number(double value) {
    return Formula.constant(value);
  }

  private static Formula where(Formula condition, double a, double b) {
    return condition.select(number(a), number(b));
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
