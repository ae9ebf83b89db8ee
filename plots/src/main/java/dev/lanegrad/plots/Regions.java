package dev.lanegrad.plots;

import java.util.List;

/**
 * Decision regions: the class of every point of a rectangle as a light colour, and points over
 * them.
 *
 * @param title stands above
 * @param x the axis from left to right
 * @param y the axis from bottom to top
 * @param classOf the class of a point: 0, 1, 2 and so on
 * @param region what is shown
 * @param classes their names, from that of class 0
 * @param points groups in the order of the classes
 */
public record Regions(
    String title,
    Axis x,
    Axis y,
    BinaryToInt classOf,
    Region region,
    List<String> classes,
    List<Series> points)
    implements Picture {
  /**
   * Keeps copies of the lists.
   *
   * @throws IllegalArgumentException if two groups have the same name
   */
  public Regions {
    Present.of("regions", "title", title);
    Present.of("regions", "x", x);
    Present.of("regions", "y", y);
    Present.of("regions", "classOf", classOf);
    Present.of("regions", "region", region);
    classes = Present.all("regions", "classes", classes);
    points = Present.all("regions", "points", points);
    Names.requireDistinct(title, points.stream().map(Series::name).toList());
  }

  /** Without points, and with classes that are named by their numbers. */
  public static Regions of(String title, BinaryToInt classOf, Region region) {
    Axis axis = Axis.linear("");
    return new Regions(title, axis, axis, classOf, region, List.of(), List.of());
  }

  /** The same regions over axes with titles. */
  public Regions axes(Axis x, Axis y) {
    return new Regions(title, x, y, classOf, region, classes, points);
  }

  /** The same regions with names, from that of class 0. */
  public Regions classes(String... names) {
    List<String> classes = Present.all("regions", "names", names);
    return new Regions(title, x, y, classOf, region, classes, points);
  }

  /** The same regions under points, a group for each class. */
  public Regions points(Series... groups) {
    List<Series> points = Present.all("regions", "groups", groups);
    return new Regions(title, x, y, classOf, region, classes, points);
  }
}
