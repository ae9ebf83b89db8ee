package dev.lanegrad.autodiff.formula;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.program.Program;
import dev.lanegrad.autodiff.internal.program.Value;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * The elementary functions as the tests know them: error bounds, references, and where to draw
 * arguments from.
 */
final class FunctionTable {
  private static final double INF = Double.POSITIVE_INFINITY;

  /** Draws the arguments of one call. */
  interface Arguments {
    double[] next(SplittableRandom random);
  }

  /**
   * A function. The exact reference serves both dtypes; one in double arithmetic, where there is
   * one, lets float32 draw many more samples. An infinite bound leaves the dtype out.
   */
  record Row(
      String name,
      int arity,
      double bound32,
      double bound64,
      Function<Value[], Value> recipe,
      Function<BigDecimal[], BigDecimal> exact,
      ToDoubleFunction<double[]> inDouble,
      Arguments arguments) {
    ProgramInterpreter program(DType dtype) {
      Program program = new Program(dtype);
      Value[] inputs = new Value[arity];
      Arrays.setAll(inputs, program::input);
      program.output(recipe.apply(inputs));
      return new ProgramInterpreter(program);
    }
  }

  private static final Arguments UNIT = uniform(-1, 1);
  private static final Arguments TINY = signed(-1074, -10);
  private static final Arguments REAL = mix(TINY, UNIT, uniform(-9, 9), uniform(-120, 120));
  private static final Arguments LONG = mix(REAL, uniform(-750, 750), uniform(-110, 90));
  private static final Arguments UNBOUNDED = mix(TINY, UNIT, uniform(-9, 9), signed(-9, 1024));
  private static final Arguments POSITIVE = mix(powers(-1074, 1024), uniform(0.5, 2));
  private static final Arguments ABOVE_MINUS_1 = mix(POSITIVE, TINY, UNIT);
  private static final Arguments ABOVE_1 = mix(powers(0, 1024), uniform(1, 1.1), uniform(1, 40));
  private static final Arguments INSIDE = mix(TINY, UNIT);
  private static final Arguments ERROR = mix(TINY, UNIT, uniform(-7, 7), uniform(-39, 15));
  private static final Arguments ANGLES = mix(TINY, UNIT, uniform(-1e5, 1e5), quarterTurns(60_000));
  private static final Arguments FAR = mix(uniform(-1e9, 1e9), quarterTurns(600_000_000));
  private static final Arguments PLANE =
      mix(pair(UNIT, UNIT), pair(signed(-60, 60), signed(-60, 60)), pair(uniform(0.5, 2), UNIT));
  private static final Arguments POWERS =
      mix(
          pair(uniform(0.5, 2), uniform(-30, 30)),
          pair(uniform(0.5, 2), uniform(-1000, 1000)),
          pair(powers(-1074, 1024), uniform(-3, 3)),
          pair(uniform(-30, 30), integers(40)));

  // Name, bounds for float32 and float64, recipe, exact reference, double reference, arguments
  static final List<Row> ROWS =
      List.of(
          row("exp", 1.013, 1, Exponentials::exp, HighPrecision::exp, StrictMath::exp, LONG),
          row(
              "expm1",
              1.389,
              1.543,
              Exponentials::expm1,
              HighPrecision::expm1,
              StrictMath::expm1,
              LONG),
          row("sigmoid", 1.48, 1.46, Exponentials::sigmoid, HighPrecision::sigmoid, LONG),
          row("softplus", 1.741, 1.626, Exponentials::softplus, HighPrecision::softplus, LONG),
          row("log", 0.876, 0.813, Logarithms::log, HighPrecision::log, StrictMath::log, POSITIVE),
          row(
              "log1p",
              1.452,
              1.3,
              Logarithms::log1p,
              HighPrecision::log1p,
              StrictMath::log1p,
              ABOVE_MINUS_1),
          row("log2", 0.955, 0.784, Logarithms::log2, HighPrecision::log2, POSITIVE),
          row(
              "log10",
              0.928,
              0.711,
              Logarithms::log10,
              HighPrecision::log10,
              StrictMath::log10,
              POSITIVE),
          row("tanh", 1.51, 1.573, Hyperbolics::tanh, HighPrecision::tanh, StrictMath::tanh, REAL),
          row("sinh", 1.232, 1.455, Hyperbolics::sinh, HighPrecision::sinh, StrictMath::sinh, LONG),
          row("cosh", 1.814, 1.343, Hyperbolics::cosh, HighPrecision::cosh, StrictMath::cosh, LONG),
          row("asinh", 1.77, 1.678, Hyperbolics::asinh, HighPrecision::asinh, UNBOUNDED),
          row("acosh", 1.575, 1.495, Hyperbolics::acosh, HighPrecision::acosh, ABOVE_1),
          row("atanh", 1.614, 1.504, Hyperbolics::atanh, HighPrecision::atanh, INSIDE),
          row("sin", 1.56, 1.527, Trigonometry::sin, HighPrecision::sin, StrictMath::sin, ANGLES),
          row("sin far", INF, 1.527, Trigonometry::sin, HighPrecision::sin, FAR),
          row("cos", 1.562, 1.511, Trigonometry::cos, HighPrecision::cos, StrictMath::cos, ANGLES),
          row("cos far", INF, 1.511, Trigonometry::cos, HighPrecision::cos, FAR),
          row("tan", 1.31, 1.208, Trigonometry::tan, HighPrecision::tan, StrictMath::tan, ANGLES),
          row("tan far", INF, 1.208, Trigonometry::tan, HighPrecision::tan, FAR),
          row(
              "asin",
              1.184,
              1.208,
              Trigonometry::asin,
              HighPrecision::asin,
              StrictMath::asin,
              INSIDE),
          row(
              "acos",
              1.14,
              1.165,
              Trigonometry::acos,
              HighPrecision::acos,
              StrictMath::acos,
              INSIDE),
          row(
              "atan",
              1.214,
              1.179,
              Trigonometry::atan,
              HighPrecision::atan,
              StrictMath::atan,
              UNBOUNDED),
          row2(
              "atan2",
              1.497,
              1.428,
              Trigonometry::atan2,
              HighPrecision::atan2,
              StrictMath::atan2,
              PLANE),
          row("erf", 0.997, 1.016, ErrorFunctions::erf, HighPrecision::erf, ERROR),
          row("erfc", 1.926, 1.7, ErrorFunctions::erfc, HighPrecision::erfc, ERROR),
          row("gelu", 2.164, 1.913, ErrorFunctions::gelu, HighPrecision::gelu, ERROR),
          row("cbrt", 0.5, 0.5, Powers::cbrt, HighPrecision::cbrt, StrictMath::cbrt, UNBOUNDED),
          row2("pow", 1.015, 1, Powers::pow, HighPrecision::pow, StrictMath::pow, POWERS));

  private FunctionTable() {}

  static ProgramInterpreter program(String name, DType dtype) {
    Row row = ROWS.stream().filter(each -> each.name.equals(name)).findFirst().orElseThrow();
    return row.program(dtype);
  }

  private static Row row(
      String name,
      double bound32,
      double bound64,
      UnaryOperator<Value> recipe,
      UnaryOperator<BigDecimal> exact,
      DoubleUnaryOperator inDouble,
      Arguments arguments) {
    return new Row(
        name,
        1,
        bound32,
        bound64,
        x -> recipe.apply(x[0]),
        x -> exact.apply(x[0]),
        inDouble == null ? null : x -> inDouble.applyAsDouble(x[0]),
        arguments);
  }

  private static Row row(
      String name,
      double bound32,
      double bound64,
      UnaryOperator<Value> recipe,
      UnaryOperator<BigDecimal> exact,
      Arguments arguments) {
    return row(name, bound32, bound64, recipe, exact, null, arguments);
  }

  private static Row row2(
      String name,
      double bound32,
      double bound64,
      BinaryOperator<Value> recipe,
      BinaryOperator<BigDecimal> exact,
      DoubleBinaryOperator inDouble,
      Arguments arguments) {
    return new Row(
        name,
        2,
        bound32,
        bound64,
        x -> recipe.apply(x[0], x[1]),
        x -> exact.apply(x[0], x[1]),
        x -> inDouble.applyAsDouble(x[0], x[1]),
        arguments);
  }

  private static Arguments uniform(double low, double high) {
    return random -> new double[] {random.nextDouble(low, high)};
  }

  private static Arguments integers(int limit) {
    return random -> new double[] {random.nextInt(-limit, limit + 1)};
  }

  /** Multiples of pi/2, rounded, where the reduction of sine and cosine is hardest. */
  private static Arguments quarterTurns(int limit) {
    return random -> new double[] {random.nextInt(-limit, limit + 1) * (StrictMath.PI / 2)};
  }

  /** Positive numbers, every exponent equally likely. */
  private static Arguments powers(int low, int high) {
    return random -> {
      double[] x = {random.nextDouble(1, 2)};
      x[0] *= Math.scalb(1.0, random.nextInt(low, high));
      return x;
    };
  }

  private static Arguments signed(int low, int high) {
    Arguments magnitudes = powers(low, high);
    return random -> new double[] {magnitudes.next(random)[0] * (random.nextBoolean() ? 1 : -1)};
  }

  private static Arguments pair(Arguments first, Arguments second) {
    return random -> new double[] {first.next(random)[0], second.next(random)[0]};
  }

  private static Arguments mix(Arguments... choices) {
    return random -> choices[random.nextInt(choices.length)].next(random);
  }
}
