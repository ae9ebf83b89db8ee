package dev.lanegrad.plots;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Lays out {@link Curves}. */
final class CurvesChart {
  /** Up to so many steps each may have a tick. */
  private static final int FEW = 12;

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
    DoubleSummaryStatistics x = new DoubleSummaryStatistics();
    for (int i = 0; i < series.size(); i++) {
      Points points = Points.on(curves.x(), curves.y(), series.get(i)).thinned();
      if (points.count() > 0) {
        Arrays.stream(points.x()).forEach(x);
        add(chart, series.get(i).name(), points, i);
      }
    }
    if (x.getCount() == 0) {
      throw new PlotException(
          "picture \"" + curves.title() + "\": no series has a point to show; " + wanted(curves));
    }
    if (x.getCount() > FEW && x.getMin() < x.getMax() && !curves.x().isLogarithmic()) {
      // XChart labels every so many of equal steps, as 1, 13, 25 and so on, unless one is not
      // equal.
      chart.getStyler().setXAxisMin(x.getMin() - (x.getMax() - x.getMin()) / 1_000);
    }
    return chart;
  }

  private static String wanted(Curves curves) {
    boolean isLogarithmic = curves.x().isLogarithmic() || curves.y().isLogarithmic();
    return isLogarithmic
        ? "points are finite, and above 0 on a logarithmic axis"
        : "points are finite";
  }

  /** A line, or where no two points are next to each other, dots. */
  static void add(XYChart chart, String name, Points points, int index) {
    XYSeries line = chart.addSeries(name, points.x(), points.y());
    line.setMarkerColor(Palette.color(index))
        .setMarker(points.hasLine() ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE)
        .setLineColor(Palette.color(index))
        .setLineStyle(Palette.line());
  }
}
