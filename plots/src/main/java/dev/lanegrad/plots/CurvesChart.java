package dev.lanegrad.plots;

import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Lays out {@link Curves}. */
final class CurvesChart {
  private CurvesChart() {}

  static XYChart of(Curves curves, int width, int height) {
    List<Points> points =
        curves.series().stream()
            .map(series -> Points.on(curves.x(), curves.y(), series).thinned())
            .toList();
    double[] allX = points.stream().flatMapToDouble(Points::usedX).toArray();
    double[] allY = points.stream().flatMapToDouble(Points::usedY).toArray();
    if (allX.length == 0) {
      throw new PlotException(
          "picture \"" + curves.title() + "\": no series has a point to show; " + wanted(curves));
    }
    XYChart chart =
        new XYChartBuilder()
            .width(width)
            .height(height)
            .title(Look.fitting(curves.title(), width))
            .xAxisTitle(Look.fitting(curves.x().title(), width / 2))
            .yAxisTitle(Look.fitting(curves.y().title(), height / 2))
            .build();
    Look.give(chart.getStyler());
    Side x = Side.ofX(chart.getStyler(), curves.x(), allX);
    Side y = Side.ofY(chart.getStyler(), curves.y(), allY);
    for (int i = 0; i < points.size(); i++) {
      add(chart, curves.series().get(i).name(), points.get(i).on(x, y), i);
    }
    return chart;
  }

  private static String wanted(Curves curves) {
    boolean isLogarithmic = curves.x().isLogarithmic() || curves.y().isLogarithmic();
    return isLogarithmic
        ? "points are below 1e100, and above 0 on a logarithmic axis"
        : "points are finite, and below 1e100";
  }

  /** A line, or where no two points are next to each other, dots. */
  static void add(XYChart chart, String name, Points points, int index) {
    if (points.count() == 0) {
      return;
    }
    XYSeries line = chart.addSeries(name, points.x(), points.y());
    line.setLabel(Look.fitting(name, chart.getWidth() / 3));
    line.setMarkerColor(Palette.color(index))
        .setMarker(points.hasLine() ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE)
        .setLineColor(Palette.color(index))
        .setLineStyle(Palette.line());
  }
}
