package dev.lanegrad.examples.lectures.graphs;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Difference;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.examples.lectures.graphs.NetworkWithDeltas.Activation;
import java.util.ArrayList;
import java.util.List;

/** L3.4: backpropagation written by hand, as the lecture derives it, against the reverse pass. */
final class BackpropagationRecurrence {
  private static final double TOLERANCE = 1e-12;

  private static final List<Activation> ACTIVATIONS =
      List.of(
          new Activation("tanh", z -> z.tanh(), z -> z.tanh().square().neg().add(1)),
          new Activation(
              "sigmoid", z -> z.sigmoid(), z -> z.sigmoid().mul(z.sigmoid().neg().add(1))),
          new Activation("softplus", z -> z.softplus(), z -> z.sigmoid()));

  private BackpropagationRecurrence() {}

  static void run(Notebook notebook) {
    notebook.text(
        "Backpropagation is a recurrence over layers. Let delta[l] = dL/dz[l] be how much the loss"
            + " grows with the weighted sums of layer l. At the last layer it is the error times"
            + " the activation's derivative; from there backwards delta[l-1] = f'(z[l-1]) * (W[l]^T"
            + " delta[l]). The gradients follow: dL/dW[l] = delta[l] a[l-1]^T and dL/db[l] ="
            + " delta[l].");
    notebook.text(
        "Written like this, by hand, on a random network of 4-8-6-5-3 units with squared error, it"
            + " gives what the reverse pass gives, which knows of no layers and goes over the graph"
            + " node by node.");
    for (Activation activation : ACTIVATIONS) {
      double largest = 0;
      for (long seed = 1; seed <= 5; seed++) {
        largest = Math.max(largest, disagreement(new NetworkWithDeltas(activation, seed)));
      }
      notebook.number("largest difference of five networks with " + activation.name(), largest);
      notebook.claim(
          "the recurrence agrees with the reverse pass to 1e-12 with " + activation.name(),
          largest <= TOLERANCE);
    }
    showDeltas(notebook, new NetworkWithDeltas(ACTIVATIONS.getFirst(), 1));
  }

  /** The largest difference of any delta and any gradient. */
  private static double disagreement(NetworkWithDeltas network) {
    Tensor loss = network.loss();
    List<Tensor> deltas = network.deltas();
    List<Tensor> bySums = Autodiff.gradients(loss, network.sums.toArray(Tensor[]::new));
    List<Tensor> byWeights = Autodiff.gradients(loss, network.weights.toArray(Tensor[]::new));
    List<Tensor> byBiases = Autodiff.gradients(loss, network.biases.toArray(Tensor[]::new));
    double largest = 0;
    for (int l = 0; l < deltas.size(); l++) {
      largest = Math.max(largest, Difference.largest(deltas.get(l), bySums.get(l)));
      largest = Math.max(largest, Difference.largest(deltas.get(l), byBiases.get(l)));
      Tensor gradient = network.weightGradient(l, deltas);
      largest = Math.max(largest, Difference.largest(gradient, byWeights.get(l)));
    }
    return largest;
  }

  private static void showDeltas(Notebook notebook, NetworkWithDeltas network) {
    Tensor loss = network.loss();
    List<Tensor> deltas = network.deltas();
    List<Tensor> byGraph = Autodiff.gradients(loss, network.sums.toArray(Tensor[]::new));
    List<List<Object>> rows = new ArrayList<>();
    for (int l = deltas.size() - 1; l >= 0; l--) {
      double[] hand = deltas.get(l).toDoubleArray();
      double[] graph = byGraph.get(l).toDoubleArray();
      for (int i = 0; i < hand.length; i++) {
        rows.add(List.of("delta[%s] of unit %s".formatted(l + 1, i + 1), hand[i], graph[i]));
      }
    }
    notebook.table(
        "The deltas of one network with tanh, from the last layer back",
        List.of("", "recurrence", "reverse pass"),
        rows);
  }
}
