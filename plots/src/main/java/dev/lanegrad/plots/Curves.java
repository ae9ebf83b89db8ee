package dev.lanegrad.plots;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
 * @param marks dots over the curves, such as joints or minima, after them in the legend
 * @param region what is shown, or null for all of the curves
 */
public record Curves(
    String title, Axis x, Axis y, List<Series> series, List<Series> marks, @Nullable Region region)
    implements Picture {
  /**
   * Keeps copies of the lists.
   *
   * @throws IllegalArgumentException if two series have the same name
   */
  public Curves {
    Present.of("curves", "title", title);
    Present.of("curves", "x", x);
    Present.of("curves", "y", y);
    series = Present.all("curves", "series", series);
    marks = Present.all("curves", "marks", marks);
    Names.requireDistinct(
        title, Stream.concat(series.stream(), marks.stream()).map(Series::name).toList());
  }

  /** With two linear axes without titles. */
  public static Curves of(String title, Series... series) {
    return of(title, Present.all("curves", "series", series));
  }

  /** With two linear axes without titles. */
  public static Curves of(String title, List<Series> series) {
    return new Curves(title, Axis.linear(""), Axis.linear(""), series, List.of(), null);
  }

  /** The same curves over other axes. */
  public Curves axes(Axis x, Axis y) {
    return new Curves(title, x, y, series, marks, region);
  }

  /** The same curves under dots, each group in its own colour. */
  public Curves marks(Series... points) {
    return new Curves(title, x, y, series, Present.all("curves", "points", points), region);
  }

  /** The same curves, of which what lies in a region is shown. */
  public Curves region(Region region) {
    return new Curves(title, x, y, series, marks, Present.of("curves", "region", region));
  }
}
