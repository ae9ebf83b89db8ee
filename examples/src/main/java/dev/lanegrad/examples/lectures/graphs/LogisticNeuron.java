package dev.lanegrad.examples.lectures.graphs;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.GraphView;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Difference;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.optim.SGD;
import java.util.Map;

/** L3.2: one logistic neuron, one example, one step of gradient descent. */
final class LogisticNeuron {
  private static final double ALPHA = 0.5;

  private final Tensor x = Tensor.of(0.1, 0.7);
  private final Tensor y = Tensor.scalar(DType.FLOAT64, 1);
  private final Parameter w = Parameter.of("w", Tensor.of(0.8, 0.2));
  private final Parameter b = Parameter.of("b", Tensor.scalar(DType.FLOAT64, 0.1));

  /** z = w.x + b. */
  private Tensor z() {
    return w.tensor().mul(x).sum().add(b.tensor());
  }

  /** L = -y log a - (1 - y) log(1 - a), the logistic loss. */
  private Tensor loss(Tensor a) {
    Tensor ofOnes = y.mul(a.log());
    Tensor ofZeros = y.neg().add(1).mul(a.neg().add(1).log());
    return ofOnes.add(ofZeros).neg();
  }

  /** The loss, with the lecture's names for the nodes of its graph. */
  private Tensor namedLoss() {
    Tensor z = GraphView.name(z(), "z");
    Tensor a = GraphView.name(z.sigmoid(), "a");
    return GraphView.name(loss(a), "L");
  }

  static void run(Notebook notebook) {
    new LogisticNeuron().show(notebook);
  }

  private void show(Notebook notebook) {
    notebook.text(
        "A logistic neuron computes z = w.x + b and a = sigmoid(z), the probability that the"
            + " example is of class 1. Here x = (0.1, 0.7) and y = 1; the weights start at w ="
            + " (0.8, 0.2) and b = 0.1.");
    Tensor z = z();
    Tensor a = z.sigmoid();
    Tensor loss = loss(a);
    notebook.number("z", "0.32", z.item());
    notebook.number("a", a.item());
    notebook.number("loss", loss.item());

    notebook.text(
        "Backwards, the derivatives of the logarithm and of the sigmoid multiply to dL/dz = a - y."
            + " From there on z is a sum of products: dL/dw = (a - y) x and dL/db = a - y.");
    Tensor slope = Autodiff.gradients(loss, z).getFirst();
    notebook.number("dL/dz", slope.item());
    notebook.claim("dL/dz = a - y", Difference.largest(slope, a.sub(y)) <= 1e-12);
    Gradients gradients = loss.backward();
    double[] ofWeights = gradients.of(w).toDoubleArray();
    notebook.number("dL/dw1", "-0.04207", ofWeights[0]);
    notebook.number("dL/dw2", "-0.29447", ofWeights[1]);
    notebook.number("dL/db", "-0.4207", gradients.of(b).item());
    DrawnGraph.show(notebook, "the logistic neuron", Map.of("x", x, "y", y), this::namedLoss);

    notebook.text(
        "One step of gradient descent with alpha = 0.5 moves the weights against the gradient, and"
            + " the neuron is surer of class 1 than before.");
    w.assign(w.tensor().sub(gradients.of(w).mul(ALPHA)));
    b.assign(b.tensor().sub(gradients.of(b).mul(ALPHA)));
    double[] weights = w.tensor().toDoubleArray();
    notebook.number("w1 after the step", "0.82103", weights[0]);
    notebook.number("w2 after the step", "0.3472", weights[1]);
    notebook.number("b after the step", "0.31033", b.tensor().item());
    Tensor next = z();
    notebook.number("z after the step", "0.6355", next.item());
    notebook.number("a after the step", "0.6537", next.sigmoid().item());
    notebook.number("loss after the step", "0.42505", loss(next.sigmoid()).item());
    notebook.claim("the loss falls", loss(next.sigmoid()).item() < loss.item());
    asLayer(notebook);
  }

  private void asLayer(Notebook notebook) {
    notebook.text(
        "With the library's parts the neuron is a linear layer, and the loss takes z itself, which"
            + " is exact where a would round to 0 or 1. The step ends at the same weights.");
    Linear neuron =
        new Linear(
            Parameter.of("weight", Tensor.of(new double[][] {{0.8, 0.2}})),
            Parameter.of("bias", Tensor.of(0.1)));
    Tensor logit = neuron.forward(x);
    new Optimizer(neuron.parameters(), new SGD(ALPHA))
        .step(Losses.binaryCrossEntropyWithLogits(logit, Tensor.of(1.0)).backward());
    notebook.claim(
        "a linear layer with an optimizer ends at the same weights",
        Difference.largest(neuron.weight().tensor(), w.tensor()) <= 1e-12);
  }
}
