package dev.lanegrad.autodiff.internal.kernel.compilation;

/**
 * Sine, cosine and tangent of numbers too large for a short argument reduction. Which numbers take
 * this way depends on the number alone, and {@link StrictMath} is defined to the bit.
 */
public final class FarTrigonometry {
  private FarTrigonometry() {}

  public static float sin(float near, float x, double limit) {
    return Math.abs(x) > limit ? (float) StrictMath.sin(x) : near;
  }

  public static float cos(float near, float x, double limit) {
    return Math.abs(x) > limit ? (float) StrictMath.cos(x) : near;
  }

  public static float tan(float near, float x, double limit) {
    return Math.abs(x) > limit ? (float) StrictMath.tan(x) : near;
  }

  public static double sin(double near, double x, double limit) {
    return Math.abs(x) > limit ? StrictMath.sin(x) : near;
  }

  public static double cos(double near, double x, double limit) {
    return Math.abs(x) > limit ? StrictMath.cos(x) : near;
  }

  public static double tan(double near, double x, double limit) {
    return Math.abs(x) > limit ? StrictMath.tan(x) : near;
  }
}
