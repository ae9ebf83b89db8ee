package dev.lanegrad.autodiff.internal.kernel.compilation;

import dev.lanegrad.autodiff.internal.Twins;
import jdk.incubator.vector.FloatVector;

/** {@link FarTrigonometry} for the rare vectors of floats that hold one beyond the limit. */
@Twins(double.class)
public final class FloatFarTrigonometry {
  private FloatFarTrigonometry() {}

  private interface Function {
    float of(float near, float x, double limit);
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

  private static FloatVector lanes(
      Function function, FloatVector near, FloatVector x, double limit) {
    float[] numbers = x.toArray();
    float[] results = near.toArray();
    for (int i = 0; i < results.length; i++) {
      results[i] = function.of(results[i], numbers[i], limit);
    }
    return FloatVector.fromArray(near.species(), results, 0);
  }
}
