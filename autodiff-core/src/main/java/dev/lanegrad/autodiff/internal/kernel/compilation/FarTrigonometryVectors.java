package dev.lanegrad.autodiff.internal.kernel.compilation;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/** {@link FarTrigonometry} for the rare vectors that hold a number beyond the limit. */
public final class FarTrigonometryVectors {
  private FarTrigonometryVectors() {}

  private interface FloatFunction {
    float of(float near, float x, double limit);
  }

  private interface DoubleFunction {
    double of(double near, double x, double limit);
  }

  public static FloatVector sin(FloatVector near, FloatVector x, double limit) {
    return lanes(FarTrigonometry::sin, near, x, limit);
  }

  public static FloatVector cos(FloatVector near, FloatVector x, double limit) {
    return lanes(FarTrigonometry::cos, near, x, limit);
  }

  public static FloatVector tan(FloatVector near, FloatVector x, double limit) {
    return lanes(FarTrigonometry::tan, near, x, limit);
  }

  public static DoubleVector sin(DoubleVector near, DoubleVector x, double limit) {
    return lanes(FarTrigonometry::sin, near, x, limit);
  }

  public static DoubleVector cos(DoubleVector near, DoubleVector x, double limit) {
    return lanes(FarTrigonometry::cos, near, x, limit);
  }

  public static DoubleVector tan(DoubleVector near, DoubleVector x, double limit) {
    return lanes(FarTrigonometry::tan, near, x, limit);
  }

  private static FloatVector lanes(
      FloatFunction function, FloatVector near, FloatVector x, double limit) {
    float[] numbers = x.toArray();
    float[] results = near.toArray();
    for (int i = 0; i < results.length; i++) {
      results[i] = function.of(results[i], numbers[i], limit);
    }
    return FloatVector.fromArray(near.species(), results, 0);
  }

  private static DoubleVector lanes(
      DoubleFunction function, DoubleVector near, DoubleVector x, double limit) {
    double[] numbers = x.toArray();
    double[] results = near.toArray();
    for (int i = 0; i < results.length; i++) {
      results[i] = function.of(results[i], numbers[i], limit);
    }
    return DoubleVector.fromArray(near.species(), results, 0);
  }
}
