package dev.lanegrad.examples.lectures.representation;

import dev.lanegrad.autodiff.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A convex polygon; its corners stand counterclockwise. */
record Polygon(List<Corner> corners) {
  /** A point of the plane. */
  record Corner(double x, double y) {}

  /** One whose sides are all equal and its corners at a distance from a centre. */
  static Polygon regular(int sides, double x, double y, double radius) {
    List<Corner> corners = new ArrayList<>();
    for (int i = 0; i < sides; i++) {
      double angle = 2 * Math.PI * (i + 0.25) / sides;
      corners.add(new Corner(x + radius * Math.cos(angle), y + radius * Math.sin(angle)));
    }
    return new Polygon(corners);
  }

  /** A unit for each side of some polygons, that is 1 on its inner side. */
  static ThresholdUnits sides(Polygon... polygons) {
    List<double[]> weights = new ArrayList<>();
    List<Double> thresholds = new ArrayList<>();
    for (Polygon polygon : polygons) {
      for (int i = 0; i < polygon.corners.size(); i++) {
        Corner from = polygon.corners.get(i);
        Corner to = polygon.next(i);
        double[] inwards = {from.y - to.y, to.x - from.x};
        weights.add(inwards);
        thresholds.add(inwards[0] * from.x + inwards[1] * from.y);
      }
    }
    return ThresholdUnits.of(
        weights.toArray(double[][]::new), thresholds.stream().mapToDouble(t -> t).toArray());
  }

  private Corner next(int i) {
    return corners.get((i + 1) % corners.size());
  }

  /** 1 for each of some points [n, 2] that lies in any of some polygons, by counting crossings. */
  static int[] isInAny(Tensor points, Polygon... polygons) {
    double[] xy = points.toDoubleArray();
    int[] inside = new int[xy.length / 2];
    Arrays.setAll(
        inside,
        i -> Arrays.stream(polygons).anyMatch(p -> p.contains(xy[2 * i], xy[2 * i + 1])) ? 1 : 0);
    return inside;
  }

  /** Whether a ray to the right crosses the outline an odd number of times. */
  private boolean contains(double x, double y) {
    boolean inside = false;
    for (int i = 0; i < corners.size(); i++) {
      Corner a = corners.get(i);
      Corner b = next(i);
      if (a.y > y != b.y > y && x < a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x)) {
        inside = !inside;
      }
    }
    return inside;
  }
}
