package dev.lanegrad.examples.lectures.descent;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.plots.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The weights, two of them, that a method went through, the first ones included. */
record DescentPath(Cost cost, List<Tensor> weights) {
  /** Goes on until the gradient is short, or for so many steps. */
  static DescentPath until(
      Cost cost, Tensor start, UnaryOperator<Tensor> step, double steepness, int limit) {
    List<Tensor> weights = new ArrayList<>(List.of(start));
    while (weights.size() <= limit && cost.steepness(weights.getLast()) > steepness) {
      weights.add(step.apply(weights.getLast()));
    }
    return new DescentPath(cost, List.copyOf(weights));
  }

  int steps() {
    return weights.size() - 1;
  }

  /** The number of steps, or that it did not arrive within a limit. */
  Object counted(int limit) {
    return steps() < limit ? steps() : "more than " + limit;
  }

  Tensor last() {
    return weights.getLast();
  }

  /** Over the plane of the weights. */
  Series series(String name) {
    Tensor all = Tensor.stack(1, weights);
    return new Series(name, all.select(0, 0).toDoubleArray(), all.select(0, 1).toDoubleArray());
  }

  /** How far above a cost each of them is. */
  double[] above(double lowest) {
    return weights.stream().mapToDouble(w -> cost.apply(w).item() - lowest).toArray();
  }
}
