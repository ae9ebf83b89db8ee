package dev.lanegrad.plots;

import java.util.List;
import org.knowm.xchart.XYChart;

/** Lays out {@link Scatter}. */
final class ScatterChart {
  /** Of so many points on, markers are small, so that one sees where they are dense. */
  private static final int MANY = 500;

  private static final int SMALL = 5;
  private static final int USUAL = 8;

  private ScatterChart() {}

  static XYChart of(Scatter scatter, int width, int height) {
    List<Points> groups =
        scatter.groups().stream()
            .map(group -> Plane.dots(scatter.x(), scatter.y(), scatter.region(), group))
            .toList();
    if (groups.stream().allMatch(points -> points.count() == 0)) {
      throw new PlotException(
          "picture \""
              + (scatter.title() + "\": no group has a point to show; ")
              + Plane.wanted(scatter.x(), scatter.y())
              + (scatter.region() == null ? "" : ", inside of the region"));
    }
    Plane plane =
        Plane.of(
            scatter.title(), scatter.x(), scatter.y(), groups, scatter.region(), width, height);
    plane.chart().getStyler().setMarkerSize(markerSize(groups));
    for (int i = 0; i < groups.size(); i++) {
      plane.addDots(scatter.groups().get(i).name(), groups.get(i), i);
    }
    return plane.chart();
  }

  static int markerSize(List<Points> groups) {
    return groups.stream().mapToInt(Points::count).sum() < MANY ? USUAL : SMALL;
  }
}
