package dev.lanegrad.examples.lectures.representation;

import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.plots.Axis;
import dev.lanegrad.plots.Region;
import dev.lanegrad.plots.Regions;
import java.util.ArrayList;
import java.util.List;

/** L4.3: the regions that threshold units cut out of the plane. */
final class DecisionRegions {
  private static final Region SQUARE = new Region(-2, 2, -2, 2);
  private static final Polygon PENTAGON = Polygon.regular(5, -0.8, 0.5, 0.9);
  private static final Polygon TRIANGLE = Polygon.regular(3, 0.9, -0.5, 0.9);

  private DecisionRegions() {}

  /** Half planes, an AND for each polygon, an OR. */
  private static Sequential union() {
    double[][] belongs = {{1, 1, 1, 1, 1, 0, 0, 0}, {0, 0, 0, 0, 0, 1, 1, 1}};
    return new Sequential(
        Polygon.sides(PENTAGON, TRIANGLE), ThresholdUnits.of(belongs, 5, 3), ThresholdUnits.or(2));
  }

  static void run(Notebook notebook) {
    notebook.text(
        """
        One threshold unit is 1 on one side of a line. A second layer that asks for all of some \
        half planes cuts out a convex polygon; a third that asks for any of some polygons makes \
        their union, and with enough of them any region.\
        """);
    notebook.table(
        "Regions by structure",
        List.of("layers of units", "regions", "units here"),
        List.of(
            List.of("1", "half space", 1),
            List.of("2", "convex polyhedral", 5 + 1),
            List.of("3", "arbitrary, by unions of polyhedra", 8 + 2 + 1)));
    ThresholdUnits half = ThresholdUnits.unit(0.4, 0.6, 1);
    Sequential polygon = new Sequential(Polygon.sides(PENTAGON), ThresholdUnits.and(5));
    PlaneClasses union = PlaneClasses.ofUnit(SQUARE, union());
    picture(notebook, "One unit: a half plane", PlaneClasses.ofUnit(SQUARE, half));
    picture(notebook, "Two layers: a polygon", PlaneClasses.ofUnit(SQUARE, polygon));
    picture(notebook, "Three layers: a union of polygons", union);
    notebook.number("units of the union", 11);
    notebook.number("weights and biases of the union", Count.parameters(union()));
    notebook.claim("the polygon network is 1 exactly in the pentagon", isInside(polygon, PENTAGON));
    notebook.claim(
        "the union network is 1 exactly in the pentagon or the triangle",
        isInside(union(), PENTAGON, TRIANGLE));
    oneHiddenLayer(notebook, union);
  }

  private static void oneHiddenLayer(Notebook notebook, PlaneClasses union) {
    notebook.text(
        """
        One hidden layer comes close to it too. The lecture adds up the half planes around a disc: \
        all N of them contain its centre, and far away only half of them any point, so that the \
        sum is a cylinder on a broad foot; cylinders everywhere fill any region.\
        """);
    List<List<Double>> cylinder = HalfPlanes.cylinder();
    notebook.table(
        "The share of 1,000 half planes around a disc of radius 1 that contain a point",
        List.of("distance from its centre", "share"),
        cylinder);
    notebook.claim(
        "the share falls from 1 inside towards 1/2 far away",
        cylinder.getFirst().get(1) == 1 && Math.abs(cylinder.getLast().get(1) - 0.5) < 0.01);
    notebook.text(
        """
        Discs are sums of half planes, so half planes of many directions and offsets hold them \
        all. With weights of the output that solve a least squares problem, the union of the two \
        polygons comes out the better the more hidden units there are, though never with straight \
        edges, and with far more units than the three layers take.\
        """);
    List<List<Double>> rows = new ArrayList<>();
    for (int n : new int[] {5, 10, 20}) {
      PlaneClasses flat = PlaneClasses.ofUnit(SQUARE, HalfPlanes.fitted(SQUARE, union(), n));
      rows.add(List.of((double) n * n, 100 * flat.agreement(union)));
      picture(notebook, "One hidden layer of " + n * n + " units", flat);
    }
    notebook.table(
        "The union with one hidden layer", List.of("hidden units", "% of the square right"), rows);
    notebook.claim(
        "more hidden units agree on more of the square, and 400 on more than 98 %",
        rows.get(0).get(1) < rows.get(1).get(1)
            && rows.get(1).get(1) < rows.get(2).get(1)
            && rows.get(2).get(1) > 98);
  }

  /** Whether a network says of the points of a grid what geometry says. */
  private static boolean isInside(Layer network, Polygon... polygons) {
    PlaneClasses geometry = PlaneClasses.of(SQUARE, points -> Polygon.isInAny(points, polygons));
    return PlaneClasses.ofUnit(SQUARE, network).agreement(geometry) == 1;
  }

  private static void picture(Notebook notebook, String title, PlaneClasses classes) {
    notebook.picture(
        title,
        Regions.of(title, classes::at, SQUARE)
            .classes("0", "1")
            .axes(Axis.linear("x1"), Axis.linear("x2")));
  }
}
