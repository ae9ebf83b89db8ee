package dev.lanegrad.plots;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Lays out {@link Contours}. */
final class ContoursChart {
  private static final double DARKEST = 0.5;
  private static final double LIGHTEST = 0.8;

  private ContoursChart() {}

  static XYChart of(Contours contours, int width, int height) {
    XYChart chart =
        new XYChartBuilder().width(width).height(height).title(contours.title()).build();
    Look.give(chart.getStyler());
    Region region = contours.region();
    chart
        .getStyler()
        .setXAxisMin(region.left())
        .setXAxisMax(region.right())
        .setYAxisMin(region.bottom())
        .setYAxisMax(region.top())
        .setPlotGridLinesVisible(false);
    int lines = addLines(chart, new ContourLines(contours.function(), region));
    int paths = addPaths(chart, contours.paths());
    if (lines + paths == 0) {
      throw new PlotException(
          "picture \"%s\": the function is constant or nowhere finite, and no path has a point"
              .formatted(contours.title()));
    }
    return chart;
  }

  private static int addLines(XYChart chart, ContourLines lines) {
    double[] levels = lines.levels();
    for (int i = 0; i < levels.length; i++) {
      Points points = lines.at(levels[i]);
      chart
          .addSeries("level " + i, points.x(), points.y())
          .setMarker(SeriesMarkers.NONE)
          .setLineColor(gray((double) i / levels.length))
          .setLineStyle(new BasicStroke(1))
          .setShowInLegend(false);
    }
    return levels.length;
  }

  private static Color gray(double height) {
    return Color.getHSBColor(0, 0, (float) (DARKEST + height * (LIGHTEST - DARKEST)));
  }

  private static int addPaths(XYChart chart, List<Series> paths) {
    Axis axis = Axis.linear("");
    int shown = 0;
    for (int i = 0; i < paths.size(); i++) {
      Points points = Points.on(axis, axis, paths.get(i));
      if (points.count() > 0) {
        CurvesChart.add(chart, paths.get(i).name(), points, i);
        shown++;
      }
    }
    return shown;
  }
}
