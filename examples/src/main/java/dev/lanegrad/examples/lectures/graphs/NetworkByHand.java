package dev.lanegrad.examples.lectures.graphs;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.GraphView;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.examples.lectures.graphs.TwoTwoTwoNetwork.Pass;
import dev.lanegrad.plots.Axis;
import dev.lanegrad.plots.Curves;
import dev.lanegrad.plots.Series;
import java.util.Map;

/** L3.3: the 2-2-2 sigmoid network forward, backward, and trained on. */
final class NetworkByHand {
  private static final double RATE = 0.5;
  private static final int STEPS = 500;

  private final TwoTwoTwoNetwork network = new TwoTwoTwoNetwork();

  static void run(Notebook notebook) {
    new NetworkByHand().show(notebook);
  }

  private void show(Notebook notebook) {
    notebook.text(
        "Inputs (0.05, 0.10), targets (0.01, 0.99); two sigmoids in the hidden layer and two as"
            + " outputs. Each layer computes net = W in + b and out = sigmoid(net), and the loss is"
            + " the sum over outputs of (target - out)^2 / 2. The lecture cuts digits off, where"
            + " others round.");
    Pass pass = network.forward();
    notebook.number("net h1", "0.3775", at(pass.netH(), 0));
    notebook.number("out h1", "0.5932", at(pass.outH(), 0));
    notebook.number("out h2", "0.596", at(pass.outH(), 1));
    notebook.number("net o1", "1.105", at(pass.netO(), 0));
    notebook.number("out o1", "0.751", at(pass.outO(), 0));
    notebook.number("out o2", "0.7729", at(pass.outO(), 1));
    notebook.number("loss of o1", "0.274", at(pass.losses(), 0));
    notebook.number("loss of o2", "0.023", at(pass.losses(), 1));
    notebook.number("total loss", "0.298", pass.loss().item());

    notebook.text(
        "Back from the loss: dL/dout = out - target, dout/dnet = out (1 - out), and the gradient of"
            + " a weight is dL/dnet times what the weight multiplied. A weight of the hidden layer"
            + " gets the sum over both outputs that it leads to.");
    notebook.number("dL/dout o1", "0.741", at(slope(pass.loss(), pass.outO()), 0));
    notebook.number(
        "dout/dnet o1", "0.186", at(slope(pass.outO().select(0, 0).sum(), pass.netO()), 0));
    Gradients gradients = pass.loss().backward();
    notebook.number("dL/dw5", "0.082", at(gradients.of(network.output), 0));
    DrawnGraph.show(
        notebook,
        "the 2-2-2 network",
        Map.of(
            "input", network.input, "target", network.target, "b1", network.b1, "b2", network.b2),
        this::namedLoss);
    firstStep(notebook, gradients);
    trainOn(notebook, pass.loss().item());
    NetworkOfLayers.show(notebook, network, RATE, STEPS + 1);
  }

  /** The loss, with the lecture's names for the nodes of its graph. */
  private Tensor namedLoss() {
    Pass pass = network.forward();
    GraphView.name(pass.netH(), "net h");
    GraphView.name(pass.outH(), "out h");
    GraphView.name(pass.netO(), "net o");
    GraphView.name(pass.outO(), "out o");
    GraphView.name(pass.losses(), "losses");
    return GraphView.name(pass.loss(), "total loss");
  }

  private static Tensor slope(Tensor of, Tensor by) {
    return Autodiff.gradients(of, by).getFirst();
  }

  private static double at(Tensor tensor, int index) {
    return tensor.toDoubleArray()[index];
  }

  private void firstStep(Notebook notebook, Gradients gradients) {
    notebook.text(
        "A step with learning rate 0.5 moves all eight weights at once; the biases stay as they"
            + " are.");
    network.step(gradients, RATE);
    double[] h = network.hidden.tensor().toDoubleArray();
    double[] o = network.output.tensor().toDoubleArray();
    for (int i = 0; i < h.length; i++) {
      notebook.number("new w" + (i + 1), h[i]);
    }
    notebook.number("new w5", "0.358", o[0]);
    notebook.number("new w6", "0.408", o[1]);
    notebook.number("new w7", "0.511", o[2]);
    notebook.number("new w8", "0.561", o[3]);
  }

  private void trainOn(Notebook notebook, double first) {
    double[] losses = new double[STEPS];
    boolean falls = true;
    double last = first;
    for (int i = 0; i < STEPS; i++) {
      Tensor loss = network.forward().loss();
      losses[i] = loss.item();
      falls &= losses[i] < last;
      last = losses[i];
      network.step(loss.backward(), RATE);
    }
    Pass trained = network.forward();
    notebook.claim("the loss falls with every one of 500 steps", falls);
    notebook.number("total loss after 500 more steps", trained.loss().item());
    notebook.number("out o1 after them, target 0.01", at(trained.outO(), 0));
    notebook.number("out o2 after them, target 0.99", at(trained.outO(), 1));
    notebook.picture(
        "The loss of the 2-2-2 network as it is trained on.",
        Curves.of("Training the 2-2-2 network", Series.ofSteps("total loss", losses))
            .axes(Axis.linear("step"), Axis.logarithmic("total loss")));
  }
}
