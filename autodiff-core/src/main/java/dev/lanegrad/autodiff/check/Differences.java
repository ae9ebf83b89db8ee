package dev.lanegrad.autodiff.check;

import dev.lanegrad.autodiff.Tensor;
import java.util.List;

/**
 * Difference quotients of a function along one direction of one input. They are vectors, one number
 * for each element of each output; what is compared is a {@link Projection} of them.
 */
final class Differences {
  /** Where truncation and rounding of a central difference balance. */
  static final double STEP = 6e-6;

  /** Results are taken to be right to so many units in the last place. */
  private static final double ULPS = 4;

  private static final double[] OTHER_STEPS = {1, 0.125, 8, 64, 1.0 / 64};
  private static final double[] LONGER_STEPS = {8, 64};
  private static final double CLEAR_JUMP = 1e-3;

  private final CheckedFunction function;
  private final List<Tensor> point;
  private final double[][] values;
  private final int input;
  private final double[] direction;

  Differences(
      CheckedFunction function,
      List<Tensor> point,
      double[][] values,
      int input,
      double[] direction) {
    this.function = function;
    this.point = point;
    this.values = values;
    this.input = input;
    this.direction = direction;
  }

  /** The central difference quotient of every output element. */
  double[][] central(double step) {
    return quotient(moved(step), moved(-step), 2 * step);
  }

  private double[][] moved(double step) {
    return function.moved(point, input, direction, step);
  }

  private static double[][] quotient(double[][] high, double[][] low, double width) {
    double[][] slopes = new double[high.length][];
    for (int k = 0; k < high.length; k++) {
      slopes[k] = new double[high[k].length];
      for (int j = 0; j < high[k].length; j++) {
        slopes[k][j] = (high[k][j] - low[k][j]) / width;
      }
    }
    return slopes;
  }

  /** How far rounding of the function's values can move a difference quotient. */
  double noise(Projection projection, double step) {
    return ULPS * Math.ulp(1.0) * projection.size(values) / step;
  }

  /**
   * An estimate that agrees with a derivative if there is one: central differences at several
   * steps, extrapolated to step 0, either for a smooth function or for one whose slope has a kink
   * here; else the one that is least in doubt.
   */
  double closest(double derivative, double tolerance, Projection projection) {
    double best = Double.NaN;
    double leastDoubt = Double.POSITIVE_INFINITY;
    for (double factor : OTHER_STEPS) {
      double step = STEP * factor;
      double coarse = projection.of(central(step));
      double fine = projection.of(central(step / 2));
      double estimate = (4 * fine - coarse) / 3;
      double ofKinkedSlope = 2 * fine - coarse;
      if (Math.abs(estimate - derivative) <= tolerance) {
        return estimate;
      }
      if (Math.abs(ofKinkedSlope - derivative) <= tolerance) {
        return ofKinkedSlope;
      }
      double doubt = Math.abs(fine - coarse) + noise(projection, step);
      if (doubt < leastDoubt) {
        leastDoubt = doubt;
        best = estimate;
      }
    }
    return best;
  }

  /**
   * An estimate and how far it may be off, by rounding and by the length of the step.
   *
   * @param slope extrapolated from two steps to step 0
   */
  record Estimate(double slope, double doubt) {}

  /** By longer steps, which rounding of large values disturbs less: what is least in doubt. */
  Estimate ofLongerSteps(Projection projection) {
    Estimate best = new Estimate(Double.NaN, Double.POSITIVE_INFINITY);
    for (double factor : LONGER_STEPS) {
      double step = STEP * factor;
      double coarse = projection.of(central(step));
      double fine = projection.of(central(step / 2));
      double doubt = Math.abs(fine - coarse) + noise(projection, step / 2);
      if (doubt < best.doubt) {
        best = new Estimate((4 * fine - coarse) / 3, doubt);
      }
    }
    return best;
  }

  /** The slopes to the left and to the right. */
  record Sides(double left, double right) {
    double jump() {
      return Math.abs(right - left);
    }
  }

  Sides sides(Projection projection, double step) {
    double left = projection.of(quotient(values, moved(-step), step));
    double right = projection.of(quotient(moved(step), values, step));
    return new Sides(left, right);
  }

  /** Whether the slopes on both sides stay apart however short the step. */
  boolean hasKink(Projection projection) {
    Sides wide = sides(projection, STEP);
    Sides narrow = sides(projection, STEP / 16);
    double size = Math.max(Math.abs(narrow.left), Math.abs(narrow.right));
    return narrow.jump() > wide.jump() / 2
        && narrow.jump() > CLEAR_JUMP * size
        && narrow.jump() > 16 * noise(projection, STEP / 16);
  }
}
