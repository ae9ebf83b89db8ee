package dev.lanegrad.plots;

/**
 * What is measured along one side of a picture.
 *
 * @param title the quantity and its unit, or nothing
 * @param isLogarithmic whether equal steps are equal ratios; numbers that are not above 0 then have
 *     no place, and are left out; neither have numbers beyond 1e100 on any axis
 */
public record Axis(String title, boolean isLogarithmic) {
  /** Checks the title. */
  public Axis {
    Present.of("axis", "title", title);
  }

  /** Beyond it a picture would show nothing else. */
  private static final double LARGEST = 1e100;

  /** Equal steps are equal differences. */
  public static Axis linear(String title) {
    return new Axis(title, false);
  }

  /** Equal steps are equal ratios. */
  public static Axis logarithmic(String title) {
    return new Axis(title, true);
  }

  void requireLinear(String picture) {
    if (isLogarithmic) {
      throw new IllegalArgumentException(
          "picture \"" + picture + "\": the axis \"" + title + "\" is logarithmic, not linear");
    }
  }

  /** Whether a number has a place on this axis. */
  boolean has(double value) {
    boolean isLargeEnough = !isLogarithmic || value >= 1 / LARGEST;
    return Math.abs(value) <= LARGEST && isLargeEnough;
  }
}
