package dev.lanegrad.examples.lectures.graphs;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Difference;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.training.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** L3.4: backpropagation written by hand, as the lecture derives it, against the reverse pass. */
final class BackpropagationRecurrence {
  private static final int[] SIZES = {4, 8, 6, 5, 3};
  private static final double TOLERANCE = 1e-12;

  /** An activation and its derivative, which the recurrence has to be told. */
  private record Activation(String name, UnaryOperator<Tensor> f, UnaryOperator<Tensor> slope) {}

  private static final List<Activation> ACTIVATIONS =
      List.of(
          new Activation("tanh", z -> z.tanh(), z -> z.tanh().square().neg().add(1)),
          new Activation(
              "sigmoid", z -> z.sigmoid(), z -> z.sigmoid().mul(z.sigmoid().neg().add(1))),
          new Activation("softplus", z -> z.softplus(), z -> z.sigmoid()));

  private final Activation activation;
  private final Tensor x;
  private final Tensor y;

  /** W[l], of shape [n[l], n[l - 1]]; layer 0 is the input. */
  private final List<Tensor> weights = new ArrayList<>();

  /** b[l], of shape [n[l], 1]. */
  private final List<Tensor> biases = new ArrayList<>();

  /** z[l] and a[l] of the last forward pass. */
  private final List<Tensor> sums = new ArrayList<>();

  private final List<Tensor> outputs = new ArrayList<>();

  private BackpropagationRecurrence(Activation activation, long seed) {
    RandomGenerator random = Seeds.generator(seed);
    this.activation = activation;
    this.x = normal(random, SIZES[0], 1);
    this.y = normal(random, SIZES[SIZES.length - 1], 1);
    for (int l = 1; l < SIZES.length; l++) {
      weights.add(normal(random, SIZES[l], SIZES[l - 1]).requiresGrad());
      biases.add(normal(random, SIZES[l], 1).requiresGrad());
    }
  }

  private static Tensor normal(RandomGenerator random, int rows, int columns) {
    return Tensor.normal(random, DType.FLOAT64, rows, columns).mul(1 / Math.sqrt(columns));
  }

  /** L = |a - y|^2 / 2 for the last a; every layer is a = f(z), z = W a + b. */
  private Tensor loss() {
    Tensor a = x;
    for (int l = 0; l < weights.size(); l++) {
      Tensor z = weights.get(l).matmul(a).add(biases.get(l));
      a = activation.f.apply(z);
      sums.add(z);
      outputs.add(a);
    }
    return a.sub(y).square().sum().mul(0.5);
  }

  /** The deltas dL/dz[l] from the first layer on, computed from the last one back. */
  private List<Tensor> deltas() {
    int last = weights.size() - 1;
    Tensor delta = outputs.get(last).sub(y).mul(activation.slope.apply(sums.get(last)));
    List<Tensor> deltas = new ArrayList<>(List.of(delta));
    for (int l = last; l > 0; l--) {
      Tensor back = weights.get(l).transpose().matmul(delta);
      delta = activation.slope.apply(sums.get(l - 1)).mul(back);
      deltas.addFirst(delta);
    }
    return deltas;
  }

  /** dL/dW[l] = delta[l] a[l - 1]^T. */
  private Tensor weightGradient(int l, List<Tensor> deltas) {
    Tensor before = l == 0 ? x : outputs.get(l - 1);
    return deltas.get(l).matmul(before.transpose());
  }

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
        largest = Math.max(largest, new BackpropagationRecurrence(activation, seed).disagreement());
      }
      notebook.number("largest difference of five networks with " + activation.name, largest);
      notebook.claim(
          "the recurrence agrees with the reverse pass to 1e-12 with " + activation.name,
          largest <= TOLERANCE);
    }
    new BackpropagationRecurrence(ACTIVATIONS.getFirst(), 1).showDeltas(notebook);
  }

  /** The largest difference of any delta and any gradient. */
  private double disagreement() {
    Tensor loss = loss();
    List<Tensor> deltas = deltas();
    List<Tensor> bySums = Autodiff.gradients(loss, sums.toArray(Tensor[]::new));
    List<Tensor> byWeights = Autodiff.gradients(loss, weights.toArray(Tensor[]::new));
    List<Tensor> byBiases = Autodiff.gradients(loss, biases.toArray(Tensor[]::new));
    double largest = 0;
    for (int l = 0; l < deltas.size(); l++) {
      largest = Math.max(largest, Difference.largest(deltas.get(l), bySums.get(l)));
      largest = Math.max(largest, Difference.largest(deltas.get(l), byBiases.get(l)));
      Tensor gradient = weightGradient(l, deltas);
      largest = Math.max(largest, Difference.largest(gradient, byWeights.get(l)));
    }
    return largest;
  }

  private void showDeltas(Notebook notebook) {
    Tensor loss = loss();
    List<Tensor> deltas = deltas();
    List<Tensor> byGraph = Autodiff.gradients(loss, sums.toArray(Tensor[]::new));
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
