package dev.lanegrad.autodiff.formula;

import java.util.List;

/**
 * Derivatives where a function of the table has a kink or a hole, which no difference quotient can
 * tell: PyTorch's conventions.
 */
final class SlopeConventions {
  private static final double INF = Double.POSITIVE_INFINITY;

  /** The derivatives with respect to each argument at one point. */
  record Point(ScalarFunction function, List<Double> arguments, List<Double> slopes) {}

  static final List<Point> POINTS =
      List.of(
          unary(ScalarFunction.ABS, 0, 0),
          unary(ScalarFunction.ABS, 0.25, 1),
          unary(ScalarFunction.SIGN, 0, 0),
          unary(ScalarFunction.SQRT, 0, INF),
          unary(ScalarFunction.FLOOR, 1, 0),
          unary(ScalarFunction.CEIL, 1, 0),
          unary(ScalarFunction.ROUND, 0.5, 0),
          unary(ScalarFunction.RELU, 0, 0),
          unary(ScalarFunction.RELU6, 0, 0),
          unary(ScalarFunction.RELU6, 6, 0),
          unary(ScalarFunction.HARD_TANH, -1, 0),
          unary(ScalarFunction.HARD_TANH, 1, 0),
          unary(ScalarFunction.HARD_SIGMOID, -3, 0),
          unary(ScalarFunction.HARD_SIGMOID, 3, 0),
          unary(ScalarFunction.HARD_SWISH, -3, 0),
          unary(ScalarFunction.HARD_SWISH, 3, 1),
          unary(ScalarFunction.SELU, 0, 1.7580993408473766),
          unary(ScalarFunction.SOFTSIGN, 0, 1),
          unary(ScalarFunction.LOGICAL_NOT, 0, 0),
          binary(ScalarFunction.LEAKY_RELU, 0, 0.25, 0.25, 0),
          binary(ScalarFunction.ELU, 0, 0.25, 0.25, 0),
          binary(ScalarFunction.CELU, 0, 0.25, 1, 0),
          binary(ScalarFunction.MIN, 2, 2, 0.5, 0.5),
          binary(ScalarFunction.MAX, 2, 2, 0.5, 0.5),
          binary(ScalarFunction.POW, 0, 2, 0, 0),
          binary(ScalarFunction.POW, 0, 0, 0, 0),
          binary(ScalarFunction.POW, 2, 0, 0, StrictMath.log(2)),
          binary(ScalarFunction.POW, INF, -1, 0, 0),
          binary(ScalarFunction.POW, Double.MIN_VALUE, 0, 0, StrictMath.log(Double.MIN_VALUE)),
          binary(ScalarFunction.POW, 0, -1, -INF, -INF),
          binary(ScalarFunction.POW, -2, 2, -4, Double.NaN),
          binary(ScalarFunction.ATAN2, 0, 0, 0, 0),
          binary(ScalarFunction.ATAN2, 0, 2, 0.5, 0),
          binary(ScalarFunction.ATAN2, 2, 0, 0, -0.5),
          binary(ScalarFunction.ATAN2, INF, 2, 0, 0),
          binary(ScalarFunction.ATAN2, 2, INF, 0, 0),
          binary(ScalarFunction.HYPOT, 0, 0, 0, 0),
          binary(ScalarFunction.HYPOT, 0, 2, 0, 1),
          binary(ScalarFunction.HYPOT, 2, 0, 1, 0),
          binary(ScalarFunction.EQUAL, 2, 2, 0, 0),
          ternary(ScalarFunction.CLAMP, List.of(-1.0, -1.0, 1.0), List.of(1.0, 0.0, 0.0)),
          ternary(ScalarFunction.CLAMP, List.of(1.0, -1.0, 1.0), List.of(1.0, 0.0, 0.0)),
          ternary(ScalarFunction.CLAMP, List.of(-2.0, -1.0, 1.0), List.of(0.0, 1.0, 0.0)),
          ternary(ScalarFunction.CLAMP, List.of(2.0, -1.0, 1.0), List.of(0.0, 0.0, 1.0)),
          ternary(ScalarFunction.CLAMP, List.of(0.0, 1.0, -1.0), List.of(0.0, 0.0, 1.0)),
          ternary(ScalarFunction.CLAMP, List.of(0.0, 2.0, 2.0), List.of(0.0, 1.0, 0.0)),
          ternary(ScalarFunction.SELECT, List.of(0.0, 3.0, 4.0), List.of(0.0, 0.0, 1.0)),
          ternary(ScalarFunction.SELECT, List.of(-1.0, 3.0, 4.0), List.of(0.0, 1.0, 0.0)));

  private SlopeConventions() {}

  private static Point unary(ScalarFunction function, double x, double slope) {
    return new Point(function, List.of(x), List.of(slope));
  }

  private static Point binary(ScalarFunction function, double a, double b, double ofA, double ofB) {
    return new Point(function, List.of(a, b), List.of(ofA, ofB));
  }

  private static Point ternary(
      ScalarFunction function, List<Double> arguments, List<Double> slopes) {
    return new Point(function, arguments, slopes);
  }
}
