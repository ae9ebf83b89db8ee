package dev.lanegrad.examples.lectures.graphs;

import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Difference;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.layers.Sigmoid;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.optim.SGD;
import dev.lanegrad.plots.Networks;
import java.util.List;

/** The 2-2-2 network of L3.3 once more, of layers and with an optimizer. */
final class NetworkOfLayers {
  private NetworkOfLayers() {}

  /**
   * Trains it, and compares.
   *
   * @param network that has made so many steps by hand
   */
  static void show(Notebook notebook, TwoTwoTwoNetwork network, double rate, int steps) {
    notebook.text("The same network of the library's layers, trained by its optimizer:");
    TwoTwoTwoNetwork untrained = new TwoTwoTwoNetwork();
    Linear first = new Linear(untrained.hidden, Parameter.of("b1", Tensor.of(0.35, 0.35)));
    Linear second = new Linear(untrained.output, Parameter.of("b2", Tensor.of(0.60, 0.60)));
    Layer layers = new Sequential(first, new Sigmoid(), second, new Sigmoid());
    notebook.svg("The 2-2-2 network of layers.", Networks.toSvg(layers, Shape.of(1, 2)));
    Optimizer optimizer = new Optimizer(List.of(first.weight(), second.weight()), new SGD(rate));
    Tensor input = network.input.transpose(); // libraries have examples as rows
    Tensor target = network.target.transpose();
    for (int i = 0; i < steps; i++) {
      Tensor loss = target.sub(layers.forward(input)).square().sum().mul(0.5);
      optimizer.step(loss.backward());
    }
    notebook.claim(
        "layers and an optimizer arrive at the same weights",
        Difference.largest(first.weight().tensor(), network.hidden.tensor()) <= 1e-9
            && Difference.largest(second.weight().tensor(), network.output.tensor()) <= 1e-9);
  }
}
