package dev.lanegrad.examples.lectures.neurons;

import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.optim.PerceptronRule;
import dev.lanegrad.plots.Series;
import java.util.List;

/** A unit w.x + b and the rule that it learns by. */
final class Perceptron {
  private final Parameter w = Parameter.of("w", Tensor.of(0.0, 0.0));
  private final Parameter b = Parameter.of("b", Tensor.of(0.0));
  private final PerceptronRule rule = new PerceptronRule(w, b);

  /** One pass over examples: how many mistakes it made. */
  int pass(Tensor x, Tensor labels) {
    return rule.pass(x, labels);
  }

  /** All numbers of it, [3]. */
  Tensor numbers() {
    return Tensor.concat(0, List.of(w.tensor(), b.tensor())).detach();
  }

  /** The line w.x + b = 0 between two places of the first axis. */
  Series line(String name, double left, double right) {
    double[] n = numbers().toDoubleArray();
    double[] x = {left, right};
    return new Series(
        name, x, new double[] {-(n[2] + n[0] * left) / n[1], -(n[2] + n[0] * right) / n[1]});
  }
}
