package dev.lanegrad.plots;

import java.util.List;
import java.util.function.DoubleBinaryOperator;

/**
 * Paths over the contour lines of a function of two numbers, such as those of optimizers over the
 * loss that they descend. Paths that leave the region are cut at its edge.
 *
 * <pre>{@code
 * DoubleBinaryOperator rosenbrock = (a, b) -> (1 - a) * (1 - a) + 100 * (b - a * a) * (b - a * a);
 * Contours.of("Rosenbrock", rosenbrock, new Region(-2, 2, -1, 3))
 *     .paths(List.of(new Series("gradient descent", x, y)))
 *     .save(folder.resolve("paths.png"));
 * }</pre>
 *
 * <p>The levels of the lines are quantiles of the function's values in the region, so that they are
 * close where it is steep and there are some where it is flat.
 *
 * @param title stands above
 * @param x the linear axis from left to right
 * @param y the linear axis from bottom to top
 * @param function its values that are NaN or infinite have no lines around them
 * @param region what is shown
 * @param paths in the order of the legend; each ends in a dot
 */
public record Contours(
    String title, Axis x, Axis y, DoubleBinaryOperator function, Region region, List<Series> paths)
    implements Picture {
  /**
   * Keeps a copy of the list.
   *
   * @throws IllegalArgumentException if two paths have the same name, or an axis is logarithmic
   */
  public Contours {
    Present.of("contours", "title", title);
    Present.of("contours", "x", x).requireLinear(title);
    Present.of("contours", "y", y).requireLinear(title);
    Present.of("contours", "function", function);
    Present.of("contours", "region", region);
    paths = Present.all("contours", "paths", paths);
    Names.requireDistinct(title, paths.stream().map(Series::name).toList());
  }

  /** Without a path, over axes without titles. */
  public static Contours of(String title, DoubleBinaryOperator function, Region region) {
    Axis axis = Axis.linear("");
    return new Contours(title, axis, axis, function, region, List.of());
  }

  /** The same lines under other paths. */
  public Contours paths(List<Series> paths) {
    return new Contours(title, x, y, function, region, paths);
  }

  /** The same lines over axes with titles. */
  public Contours axes(Axis x, Axis y) {
    return new Contours(title, x, y, function, region, paths);
  }
}
