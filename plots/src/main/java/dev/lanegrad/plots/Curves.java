package dev.lanegrad.plots;

import java.util.List;

/**
 * Curves over one axis, such as losses over the steps of a training, each in its own colour.
 *
 * <pre>{@code
 * Curves.of("Training", Series.ofSteps("loss", losses))
 *     .axes(Axis.linear("step"), Axis.logarithmic("cross entropy"))
 *     .save(folder.resolve("loss.svg"));
 * }</pre>
 *
 * <p>A curve of very many points is drawn by the smallest and the largest of each of 1,000 parts.
 *
 * @param title stands above
 * @param x the axis from left to right
 * @param y the axis from bottom to top
 * @param series the curves, in the order of the legend
 */
public record Curves(String title, Axis x, Axis y, List<Series> series) implements Picture {
  /**
   * Keeps a copy of the list.
   *
   * @throws IllegalArgumentException if two series have the same name
   */
  public Curves {
    Present.of("curves", "title", title);
    Present.of("curves", "x", x);
    Present.of("curves", "y", y);
    series = Present.all("curves", "series", series);
    Names.requireDistinct(title, series.stream().map(Series::name).toList());
  }

  /** With two linear axes without titles. */
  public static Curves of(String title, Series... series) {
    return of(title, Present.all("curves", "series", series));
  }

  /** With two linear axes without titles. */
  public static Curves of(String title, List<Series> series) {
    return new Curves(title, Axis.linear(""), Axis.linear(""), series);
  }

  /** The same curves over other axes. */
  public Curves axes(Axis x, Axis y) {
    return new Curves(title, x, y, series);
  }
}
