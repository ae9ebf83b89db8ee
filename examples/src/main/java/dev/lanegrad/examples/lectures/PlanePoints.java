package dev.lanegrad.examples.lectures;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.plots.BinaryToInt;
import dev.lanegrad.plots.Region;
import dev.lanegrad.plots.Series;
import java.util.stream.IntStream;

/** Points of the plane, [n, 2], and what models make of them, as pictures take them. */
public final class PlanePoints {
  private PlanePoints() {}

  /** All of them as one group. */
  public static Series series(String name, Tensor points) {
    Tensor flat = points.detach();
    return new Series(name, flat.select(1, 0).toDoubleArray(), flat.select(1, 1).toDoubleArray());
  }

  /**
   * A group for each class.
   *
   * @param labels [n] of 0, 1 and so on
   * @param names of class 0, class 1 and so on
   */
  public static Series[] byClass(Tensor points, Tensor labels, String... names) {
    double[] classes = labels.toDoubleArray();
    return IntStream.range(0, names.length)
        .mapToObj(
            k -> {
              int[] own = IntStream.range(0, classes.length).filter(i -> classes[i] == k).toArray();
              return series(names[k], points.detach().indexSelect(0, Tensor.ofInts(own)));
            })
        .toArray(Series[]::new);
  }

  /** A rectangle around them, with a margin on each side. */
  public static Region around(Tensor points, double margin) {
    double[] low = points.min(0).toDoubleArray();
    double[] high = points.max(0).toDoubleArray();
    return new Region(low[0] - margin, high[0] + margin, low[1] - margin, high[1] + margin);
  }

  /**
   * The class that a model gives a point: of one output whether it is above 0, of several the place
   * of the largest.
   *
   * @param model of float64, [1, 2] -> [1, outputs]
   */
  public static BinaryToInt classes(Layer model) {
    return (x, y) -> {
      Tensor point = Tensor.of(new double[][] {{x, y}});
      Tensor scores = Autodiff.withoutGradient(() -> model.forward(point));
      return scores.size() == 1 ? (scores.item() > 0 ? 1 : 0) : (int) scores.argmax(1).item();
    };
  }
}
