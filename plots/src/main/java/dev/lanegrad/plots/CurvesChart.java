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
    XYChart chart =
        new XYChartBuilder()
            .width(width)
            .height(height)
            .title(curves.title())
            .xAxisTitle(curves.x().title())
            .yAxisTitle(curves.y().title())
            .build();
    Look.give(chart.getStyler());
    chart
        .getStyler()
        .setXAxisLogarithmic(curves.x().isLogarithmic())
        .setYAxisLogarithmic(curves.y().isLogarithmic());
    List<Series> series = curves.series();
    boolean isEmpty = true;
    for (int i = 0; i < series.size(); i++) {
      Points points = Points.on(curves.x(), curves.y(), series.get(i)).thinned();
      if (points.count() > 0) {
        isEmpty = false;
        add(chart, series.get(i).name(), points, i);
      }
    }
    if (isEmpty) {
      throw new PlotException(
          "picture \"%s\": no series has a point to show (%s)"
              .formatted(curves.title(), wanted(curves)));
    }
    return chart;
  }

  private static String wanted(Curves curves) {
    boolean isLogarithmic = curves.x().isLogarithmic() || curves.y().isLogarithmic();
    return isLogarithmic ? "finite, and above 0 on a logarithmic axis" : "finite";
  }

  /** A line, or where no two points are next to each other, dots. */
  static void add(XYChart chart, String name, Points points, int index) {
    XYSeries line = chart.addSeries(name, points.x(), points.y());
    line.setMarkerColor(Palette.color(index))
        .setMarker(points.hasLine() ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE)
        .setLineColor(Palette.color(index))
        .setLineStyle(Palette.stroke(index));
  }
}
