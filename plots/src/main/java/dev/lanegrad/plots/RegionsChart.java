package dev.lanegrad.plots;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;

/** Paints {@link Regions}: the regions first, and a chart with a background that is clear. */
final class RegionsChart implements Drawing.Chart {
  private static final Color CLEAR = new Color(255, 255, 255, 0);

  private final Regions regions;
  private final ClassGrid grid;
  private final Plane plane;

  RegionsChart(Regions regions, int width, int height) {
    this.regions = regions;
    this.grid = ClassGrid.of(regions);
    List<Points> groups =
        regions.points().stream()
            .map(group -> Plane.dots(regions.x(), regions.y(), regions.region(), group))
            .toList();
    plane =
        Plane.of(
            regions.title(), regions.x(), regions.y(), List.of(), regions.region(), width, height);
    XYChart chart = plane.chart();
    chart
        .getStyler()
        .setPlotGridLinesVisible(false)
        .setMarkerSize(ScatterChart.markerSize(groups))
        .setPlotContentSize(1)
        .setPlotBackgroundColor(CLEAR)
        .setChartBackgroundColor(CLEAR);
    List<Integer> shown = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      String name = regions.points().get(i).name();
      int named = regions.classes().indexOf(name);
      int color = named < 0 ? i : named;
      plane.addDots(name, groups.get(i), color);
      shown.add(named);
    }
    for (int c : grid.classes()) {
      if (!shown.contains(c)) {
        plane.addToLegend("class " + c + " ", regions.nameOf(c), Palette.light(c));
      }
    }
  }

  @Override
  public void paint(Graphics2D graphics, int width, int height) {
    XYChart chart = plane.chart();
    // XChart knows where things are once it has painted them.
    Graphics2D nowhere = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    chart.paint(nowhere, width, height);
    nowhere.dispose();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    Region region = regions.region();
    double left = chart.getScreenXFromChart(plane.x().place(region.left()));
    double right = chart.getScreenXFromChart(plane.x().place(region.right()));
    double top = chart.getScreenYFromChart(plane.y().place(region.top()));
    double bottom = chart.getScreenYFromChart(plane.y().place(region.bottom()));
    for (int c : grid.classes()) {
      graphics.setColor(Palette.light(c));
      Path2D path = new Path2D.Double();
      grid.forEachRectangle(
          c,
          (x, y, w, h) -> {
            double x0 = left + (right - left) * x;
            double y0 = top + (bottom - top) * y;
            double x1 = left + (right - left) * (x + w);
            double y1 = top + (bottom - top) * (y + h);
            path.moveTo(x0, y0);
            path.lineTo(x1, y0);
            path.lineTo(x1, y1);
            path.lineTo(x0, y1);
            path.closePath();
          });
      graphics.fill(path);
    }
    chart.paint(graphics, width, height);
  }

  @Override
  public String toString() {
    return "regions of classes " + Arrays.toString(grid.classes());
  }
}
