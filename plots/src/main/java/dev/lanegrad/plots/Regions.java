package dev.lanegrad.plots;

import java.util.List;

/**
 * Decision regions: the class of every point of a rectangle as a light colour, and points over
 * them.
 *
 * @param title stands above
 * @param x the axis from left to right
 * @param y the axis from bottom to top
 * @param classOf the class of a point: 0, 1, 2 and so on, at most 18 of them; a part of the region
 *     that is narrower than 1/128 of it may be missed
 * @param region what is shown
 * @param classes their names, from that of class 0
 * @param points groups in the order of the classes; one with the name of a class has its colour
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
   * @throws IllegalArgumentException if two groups or two classes have the same name, a class's
   *     name is blank, or an axis is logarithmic
   */
  public Regions {
    Present.of("regions", "title", title);
    Present.of("regions", "x", x).requireLinear(title);
    Present.of("regions", "y", y).requireLinear(title);
    Present.of("regions", "classOf", classOf);
    Present.of("regions", "region", region);
    classes = Present.all("regions", "classes", classes);
    points = Present.all("regions", "points", points);
    Names.requireDistinct(title, classes);
    if (classes.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("picture \"" + title + "\": a class has a blank name");
    }
    Names.requireDistinct(title, points.stream().map(Series::name).toList());
  }

  /** Without points, and with classes that are named by their numbers. */
  public static Regions of(String title, BinaryToInt classOf, Region region) {
    Axis axis = Axis.linear("");
    return new Regions(title, axis, axis, classOf, region, List.of(), List.of());
  }

  /**
   * The class of the point so far from the left and from the top, in parts of the whole.
   *
   * @throws PlotException if it has no colour or no name
   */
  int classAt(double fromLeft, double fromTop) {
    double x = region.left() + fromLeft * (region.right() - region.left());
    double y = region.top() + fromTop * (region.bottom() - region.top());
    int c = classOf.of(x, y);
    int count = classes.isEmpty() ? Palette.COUNT : Math.min(classes.size(), Palette.COUNT);
    if (c < 0 || c >= count) {
      throw new PlotException(
          "picture \"%s\": the class at (%s, %s) is %s; "
                  .formatted(title, x, y, Integer.toString(c))
              + (classes.isEmpty()
                  ? "so many have a colour: "
                  : "so many have a name and a colour: ")
              + Integer.toString(count));
    }
    return c;
  }

  String nameOf(int c) {
    return classes.isEmpty() ? "class " + c : classes.get(c);
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
