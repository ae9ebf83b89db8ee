package dev.lanegrad.plots;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Points that no line joins, in groups with a colour and a marker each. Of a group of more than
 * 5,000 every so many are drawn.
 *
 * @param title stands above
 * @param x the axis from left to right
 * @param y the axis from bottom to top
 * @param groups in the order of the legend
 * @param region what is shown, or null for what has points
 */
public record Scatter(String title, Axis x, Axis y, List<Series> groups, @Nullable Region region)
    implements Picture {
  /**
   * Keeps a copy of the list.
   *
   * @throws IllegalArgumentException if two groups have the same name
   */
  public Scatter {
    Present.of("scatter", "title", title);
    Present.of("scatter", "x", x);
    Present.of("scatter", "y", y);
    groups = Present.all("scatter", "groups", groups);
    Names.requireDistinct(title, groups.stream().map(Series::name).toList());
  }

  /** With two linear axes without titles. */
  public static Scatter of(String title, Series... groups) {
    return of(title, Present.all("scatter", "groups", groups));
  }

  /** With two linear axes without titles. */
  public static Scatter of(String title, List<Series> groups) {
    return new Scatter(title, Axis.linear(""), Axis.linear(""), groups, null);
  }

  /** The same points over other axes. */
  public Scatter axes(Axis x, Axis y) {
    return new Scatter(title, x, y, groups, region);
  }

  /** The same points, of which those in a region are shown. */
  public Scatter region(Region region) {
    return new Scatter(title, x, y, groups, Present.of("scatter", "region", region));
  }
}
