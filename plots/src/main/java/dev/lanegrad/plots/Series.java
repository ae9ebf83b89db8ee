package dev.lanegrad.plots;

/**
 * A named curve or path: points in the order in which a line joins them. Where a coordinate is NaN
 * or infinite there is no point, and the line has a gap.
 *
 * @param name what the legend says
 * @param x the points' first coordinates
 * @param y their second ones, as many
 */
public record Series(String name, double[] x, double[] y) {
  /**
   * Keeps copies of the arrays.
   *
   * @throws IllegalArgumentException if the name is blank or there are not as many x as y
   */
  public Series {
    Present.of("series", "name", name);
    Present.of("series", "x", x);
    Present.of("series", "y", y);
    if (name.isBlank()) {
      throw new IllegalArgumentException("series: the name is blank");
    }
    if (x.length != y.length) {
      throw new IllegalArgumentException(
          "series \"" + name + "\": has " + x.length + " x for " + y.length + " y");
    }
    x = x.clone();
    y = y.clone();
  }

  /** Values at the steps 1, 2, 3 and so on. */
  public static Series ofSteps(String name, double... y) {
    Present.of("series", "y", y);
    double[] steps = new double[y.length];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = i + 1;
    }
    return new Series(name, steps, y);
  }

  @Override
  public double[] x() {
    return x.clone();
  }

  @Override
  public double[] y() {
    return y.clone();
  }

  /** The name and the number of points, not the points. */
  @Override
  public String toString() {
    return name + " (" + x.length + " points)";
  }
}
