package dev.lanegrad.examples.lectures.representation;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.plots.Region;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The class of every point of a part of the plane, computed for a fine grid at once: pictures ask
 * for one point at a time.
 *
 * @param side points in each direction
 * @param classes of the grid's points, row after row from the bottom
 */
record PlaneClasses(Region region, int side, int... classes) {
  private static final int SIDE = 201;
  private static final int AT_ONCE = 4_096;

  /** Classes by a function from points [n, 2] to n classes. */
  static PlaneClasses of(Region region, Function<Tensor, int[]> classes) {
    IntStream all =
        grid(region, SIDE).split(0, AT_ONCE).stream()
            .flatMapToInt(points -> IntStream.of(classes.apply(points)));
    return new PlaneClasses(region, SIDE, all.toArray());
  }

  /** Where a network's one output is 1. */
  static PlaneClasses ofUnit(Region region, Layer network) {
    return of(region, x -> network.forward(x).cast(DType.INT32).toIntArray());
  }

  /** The points of a grid, row after row from the bottom: [side^2, 2]. */
  static Tensor grid(Region region, int side) {
    Shape square = Shape.of(side, side);
    Tensor x = Tensor.linspace(DType.FLOAT64, region.left(), region.right(), side);
    Tensor y = Tensor.linspace(DType.FLOAT64, region.bottom(), region.top(), side);
    return Tensor.concat(
        1,
        List.of(
            x.unsqueeze(0).expand(square).reshape(side * side, 1),
            y.unsqueeze(1).expand(square).reshape(side * side, 1)));
  }

  /** The class of the grid's point that is next. */
  int at(double x, double y) {
    return classes[
        row(y, region.bottom(), region.top()) * side + row(x, region.left(), region.right())];
  }

  private int row(double value, double low, double high) {
    long row = Math.round((value - low) / (high - low) * (side - 1));
    return Math.clamp(row, 0, side - 1);
  }

  /** How much of the grid two maps agree on, from 0 to 1. */
  double agreement(PlaneClasses other) {
    int equal = 0;
    for (int i = 0; i < classes.length; i++) {
      equal += classes[i] == other.classes[i] ? 1 : 0;
    }
    return equal / (double) classes.length;
  }

  /** How many classes there are. */
  int count() {
    return (int) Arrays.stream(classes).distinct().count();
  }
}
