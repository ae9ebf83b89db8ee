package dev.lanegrad.plots;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Lays out {@link Contours}. */
final class ContoursChart {
  private static final double DARKEST = 0.5;
  private static final double LIGHTEST = 0.8;

  private ContoursChart() {}

  static XYChart of(Contours contours, int width, int height) {
    Region region = contours.region();
    Plane plane =
        Plane.of(contours.title(), contours.x(), contours.y(), List.of(), region, width, height);
    plane.chart().getStyler().setPlotGridLinesVisible(false);
    ContourLines lines = new ContourLines(contours.function(), region);
    double[] levels = lines.levels();
    for (int i = 0; i < levels.length; i++) {
      addLine(plane, lines.at(levels[i]), (double) i / levels.length);
    }
    int shown = levels.length;
    for (int i = 0; i < contours.paths().size(); i++) {
      Series path = contours.paths().get(i);
      Points points = Plane.line(contours.x(), contours.y(), region, path);
      if (points.count() > 0) {
        plane.addLine(path.name(), points, i);
        addEnd(plane, points.last(), i);
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
    return plane.chart();
  }

  private static void addLine(Plane plane, Points points, double height) {
    plane
        .addUnnamed(points)
        .setMarker(SeriesMarkers.NONE)
        .setLineColor(gray(height))
        .setLineStyle(new BasicStroke(1));
  }

  private static void addEnd(Plane plane, Points last, int index) {
    plane.addUnnamed(last).setMarker(SeriesMarkers.CIRCLE).setMarkerColor(Palette.color(index));
  }

  private static Color gray(double height) {
    return Color.getHSBColor(0, 0, (float) (DARKEST + height * (LIGHTEST - DARKEST)));
  }
}
