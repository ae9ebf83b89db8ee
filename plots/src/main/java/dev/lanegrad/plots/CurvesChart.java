package dev.lanegrad.plots;

import java.util.List;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;

/** Lays out {@link Curves}. */
final class CurvesChart {
  private CurvesChart() {}

  static XYChart of(Curves curves, int width, int height) {
    Axis x = curves.x();
    Axis y = curves.y();
    Region region = curves.region();
    List<Points> lines =
        curves.series().stream().map(s -> Plane.line(x, y, region, s).thinned()).toList();
    List<Points> marks = curves.marks().stream().map(s -> Plane.dots(x, y, region, s)).toList();
    List<Points> all = Stream.concat(lines.stream(), marks.stream()).toList();
    if (all.stream().allMatch(points -> points.count() == 0)) {
      throw new PlotException(
          "picture \""
              + (curves.title() + "\": no series has a point to show; ")
              + Plane.wanted(x, y)
              + (region == null ? "" : ", inside of the region"));
    }
    Plane plane = Plane.of(curves.title(), x, y, all, region, width, height);
    for (int i = 0; i < lines.size(); i++) {
      plane.addLine(curves.series().get(i).name(), lines.get(i), i);
    }
    for (int i = 0; i < marks.size(); i++) {
      plane.addDots(curves.marks().get(i).name(), marks.get(i), lines.size() + i);
    }
    return plane.chart();
  }
}
