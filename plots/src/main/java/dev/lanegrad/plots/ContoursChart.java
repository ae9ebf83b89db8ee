package dev.lanegrad.plots;

import java.awt.BasicStroke;
import java.awt.Color;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Lays out {@link Contours}. */
final class ContoursChart {
  private static final double DARKEST = 0.5;
  private static final double LIGHTEST = 0.8;

  private ContoursChart() {}

  static XYChart of(Contours contours, int width, int height) {
    XYChart chart =
        new XYChartBuilder()
            .width(width)
            .height(height)
            .title(Look.fitting(contours.title(), width))
            .build();
    Look.give(chart.getStyler());
    Region region = contours.region();
    Axis axis = Axis.linear("");
    Side x = Side.ofX(chart.getStyler(), axis, new double[] {region.left(), region.right()});
    Side y = Side.ofY(chart.getStyler(), axis, new double[] {region.bottom(), region.top()});
    chart.getStyler().setPlotGridLinesVisible(false);
    addCorners(chart, region, x, y);
    ContourLines lines = new ContourLines(contours.function(), region);
    double[] levels = lines.levels();
    for (int i = 0; i < levels.length; i++) {
      addLine(chart, lines.at(levels[i]).on(x, y), (double) i / levels.length);
    }
    int shown = levels.length;
    for (int i = 0; i < contours.paths().size(); i++) {
      Series path = contours.paths().get(i);
      Points points = Points.on(axis, axis, path).inside(region);
      if (points.count() > 0) {
        CurvesChart.add(chart, path.name(), points.on(x, y), i);
        addEnd(chart, points.last().on(x, y), i);
        shown++;
      }
    }
    if (shown == 0) {
      throw new PlotException(
          "picture \""
              + contours.title()
              + "\": the function is constant or nowhere finite, and no path has a point in the"
              + " region");
    }
    return chart;
  }

  private static void addLine(XYChart chart, Points points, double height) {
    addUnnamed(chart, points)
        .setMarker(SeriesMarkers.NONE)
        .setLineColor(gray(height))
        .setLineStyle(new BasicStroke(1));
  }

  private static void addEnd(XYChart chart, Points last, int index) {
    addUnnamed(chart, last).setMarker(SeriesMarkers.CIRCLE).setMarkerColor(Palette.color(index));
  }

  /** Nothing to be seen, but they make XChart show the whole region. */
  private static void addCorners(XYChart chart, Region region, Side x, Side y) {
    double[] horizontal = {region.left(), region.right()};
    double[] vertical = {region.bottom(), region.top()};
    addUnnamed(chart, new Points(horizontal, vertical).on(x, y))
        .setMarker(SeriesMarkers.NONE)
        .setLineStyle(SeriesLines.NONE);
  }

  /** No series of a user has a name of blanks. */
  private static XYSeries addUnnamed(XYChart chart, Points points) {
    String blanks = " ".repeat(1 + chart.getSeriesCollection().size());
    XYSeries series = chart.addSeries(blanks, points.x(), points.y());
    series.setShowInLegend(false);
    return series;
  }

  private static Color gray(double height) {
    return Color.getHSBColor(0, 0, (float) (DARKEST + height * (LIGHTEST - DARKEST)));
  }
}
