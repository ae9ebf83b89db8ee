package dev.lanegrad.plots;

import org.knowm.xchart.XYChart;

/** Lays out {@link Scatter}. */
final class ScatterChart {
  private ScatterChart() {}

  static XYChart of(Scatter s, int width, int height) {
    return CurvesChart.of(Curves.of(s.title(), s.groups()).axes(s.x(), s.y()), width, height);
  }
}
