package dev.lanegrad.plots;

import org.knowm.xchart.XYChart;

/** Lays out {@link Regions}. */
final class RegionsChart {
  private RegionsChart() {}

  static XYChart of(Regions r, int width, int height) {
    return ContoursChart.of(
        Contours.of(r.title(), r.classOf()::of, r.region()).paths(r.points()), width, height);
  }
}
