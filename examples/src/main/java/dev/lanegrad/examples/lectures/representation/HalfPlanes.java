package dev.lanegrad.examples.lectures.representation;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.plots.Region;
import java.util.ArrayList;
import java.util.List;

/** Sums of half planes: what one hidden layer of threshold units makes of the plane. */
final class HalfPlanes {
  private static final int GRID = 61;
  private static final double RIDGE = 0.1;

  private HalfPlanes() {}

  /**
   * Half planes of so many directions and as many offsets each, and one output unit whose weights
   * solve a least squares problem: 1 in the region, 0 outside, and 1/2 as the threshold.
   *
   * @param wanted a network that is 1 in the region
   */
  static Sequential fitted(Region square, Layer wanted, int directions) {
    double[][] weights = new double[directions * directions][];
    double[] thresholds = new double[weights.length];
    for (int i = 0; i < weights.length; i++) {
      int direction = i / directions;
      double angle = Math.PI * direction / directions;
      weights[i] = new double[] {Math.cos(angle), Math.sin(angle)};
      thresholds[i] = 2.4 * ((i % directions + 0.5) / directions * 2 - 1);
    }
    ThresholdUnits hidden = ThresholdUnits.of(weights, thresholds);
    Tensor points = PlaneClasses.grid(square, GRID);
    Linear output =
        GivenWeights.leastSquares(hidden.forward(points), wanted.forward(points), RIDGE);
    double bias = output.parameters().getLast().tensor().item();
    double[] solution = output.weight().tensor().toDoubleArray();
    return new Sequential(hidden, ThresholdUnits.unit(0.5 - bias, solution));
  }

  /**
   * The share of 1,000 half planes around a disc of radius 1 that contain a point, for some
   * distances of the point from the centre.
   */
  static List<List<Double>> cylinder() {
    ThresholdUnits sides = Polygon.sides(Polygon.regular(1_000, 0, 0, 1));
    List<List<Double>> rows = new ArrayList<>();
    for (double distance : new double[] {0, 0.99, 1.1, 1.5, 2, 5, 100}) {
      Tensor point = Tensor.of(new double[][] {{distance, 0}});
      rows.add(List.of(distance, sides.forward(point).mean().item()));
    }
    return rows;
  }
}
