package dev.lanegrad.plots;

import java.awt.Color;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Two axes and what is drawn between them.
 *
 * @param chart as XChart lays it out
 * @param x how numbers lie from left to right
 * @param y how they lie from bottom to top
 */
record Plane(XYChart chart, Side x, Side y) {
  /** Tell groups apart where colours do not. */
  private static final List<Marker> MARKERS =
      List.of(
          SeriesMarkers.CIRCLE,
          SeriesMarkers.SQUARE,
          SeriesMarkers.TRIANGLE_UP,
          SeriesMarkers.DIAMOND,
          SeriesMarkers.TRIANGLE_DOWN);

  /** One that shows some points, and of a region all. */
  static Plane of(
      String title,
      Axis xAxis,
      Axis yAxis,
      List<Points> points,
      @Nullable Region region,
      int width,
      int height) {
    XYChart chart =
        new XYChartBuilder()
            .width(width)
            .height(height)
            .title(Look.fitting(title, width))
            .xAxisTitle(Look.fitting(xAxis.title(), width / 2))
            .yAxisTitle(Look.fitting(yAxis.title(), height / 2))
            .build();
    Look.give(chart.getStyler());
    if (region == null) {
      double[] allX = points.stream().flatMapToDouble(Points::usedX).toArray();
      double[] allY = points.stream().flatMapToDouble(Points::usedY).toArray();
      return new Plane(
          chart,
          Side.ofX(chart.getStyler(), xAxis, allX),
          Side.ofY(chart.getStyler(), yAxis, allY));
    }
    double[] horizontal = {region.left(), region.right()};
    double[] vertical = {region.bottom(), region.top()};
    Plane plane =
        new Plane(
            chart,
            Side.ofX(chart.getStyler(), xAxis, horizontal),
            Side.ofY(chart.getStyler(), yAxis, vertical));
    requirePlace(title, xAxis, horizontal);
    requirePlace(title, yAxis, vertical);
    plane.addCorners(horizontal, vertical);
    return plane;
  }

  private static void requirePlace(String title, Axis axis, double[] bounds) {
    if (!DoubleStream.of(bounds).allMatch(axis::has)) {
      throw new PlotException(
          "picture \"%s\": the region from %s to %s has no place on %s axis"
              .formatted(
                  title, bounds[0], bounds[1], axis.isLogarithmic() ? "a logarithmic" : "an"));
    }
  }

  /** The dots of a series that are shown. */
  static Points dots(Axis x, Axis y, @Nullable Region region, Series series) {
    Points points = Points.on(x, y, series);
    return (region == null ? points : points.dotsInside(region)).sampled();
  }

  /** The line of a series, as far as it is shown. */
  static Points line(Axis x, Axis y, @Nullable Region region, Series series) {
    Points points = Points.on(x, y, series);
    return region == null ? points : points.inside(region);
  }

  /** Which axes the points of a picture have to lie on, in words. */
  static String wanted(Axis x, Axis y) {
    return x.isLogarithmic() || y.isLogarithmic()
        ? "points are below 1e100, and above 0 on a logarithmic axis"
        : "points are finite, and below 1e100";
  }

  /** A line, or where no two points are next to each other, dots. */
  void addLine(String name, Points points, int index) {
    if (points.count() == 0) {
      return;
    }
    Points placed = points.on(x, y);
    XYSeries line = chart.addSeries(name, placed.x(), placed.y());
    line.setLabel(Look.fitting(name, chart.getWidth() / 3));
    line.setMarkerColor(Palette.color(index))
        .setMarker(points.hasLine() ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE)
        .setLineColor(Palette.color(index))
        .setLineStyle(Palette.line());
  }

  /** Points without a line. */
  void addDots(String name, Points points, int index) {
    if (points.count() == 0) {
      return;
    }
    Points placed = points.on(x, y);
    XYSeries dots = chart.addSeries(name, placed.x(), placed.y());
    dots.setLabel(Look.fitting(name, chart.getWidth() / 3));
    dots.setMarker(MARKERS.get(index % MARKERS.size()))
        .setMarkerColor(Palette.color(index))
        .setLineStyle(SeriesLines.NONE);
  }

  /** A square of a colour in the legend. */
  void addToLegend(String key, String label, Color color) {
    XYSeries series = chart.addSeries(key, new double[] {Double.NaN}, new double[] {Double.NaN});
    series.setLabel(Look.fitting(label, chart.getWidth() / 3));
    series.setMarker(SeriesMarkers.SQUARE).setMarkerColor(color).setLineStyle(SeriesLines.NONE);
  }

  /** Nothing to be seen, but they make XChart show the whole region. */
  private void addCorners(double[] horizontal, double[] vertical) {
    addUnnamed(new Points(horizontal, vertical))
        .setMarker(SeriesMarkers.NONE)
        .setLineStyle(SeriesLines.NONE);
  }

  /** No series of a user has a name of blanks. */
  XYSeries addUnnamed(Points points) {
    Points placed = points.on(x, y);
    String blanks = " ".repeat(1 + chart.getSeriesCollection().size());
    XYSeries series = chart.addSeries(blanks, placed.x(), placed.y());
    series.setShowInLegend(false);
    return series;
  }
}
