package dev.lanegrad.examples.lectures.descent;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.plots.Series;
import java.util.ArrayList;
import java.util.List;

/** The weights, two of them, that a method went through, the first ones included. */
record DescentPath(Cost cost, List<Tensor> weights) {
  /** From weights and the gradient there to the next weights. */
  interface Step {
    Tensor from(Tensor w, Tensor gradient);
  }

  /** Goes on until the gradient is shorter than so much, or for so many steps. */
  static DescentPath until(double steepness, int limit, Cost cost, Tensor start, Step step) {
    List<Tensor> weights = new ArrayList<>(List.of(start));
    Tensor gradient = Autodiff.grad(cost).apply(start);
    while (weights.size() <= limit && length(gradient) > steepness) {
      weights.add(step.from(weights.getLast(), gradient));
      gradient = Autodiff.grad(cost).apply(weights.getLast());
    }
    return new DescentPath(cost, List.copyOf(weights));
  }

  private static double length(Tensor gradient) {
    return Math.sqrt(gradient.square().sum().item());
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
