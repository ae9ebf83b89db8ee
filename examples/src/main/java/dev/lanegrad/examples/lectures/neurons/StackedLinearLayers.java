package dev.lanegrad.examples.lectures.neurons;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.RandomKey;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.ReLU;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.plots.Axis;
import dev.lanegrad.plots.Curves;
import dev.lanegrad.plots.Series;
import java.util.Objects;
import java.util.SplittableRandom;

/** L1.7: two linear layers are one, unless something bends between them. */
final class StackedLinearLayers {
  private StackedLinearLayers() {}

  static void run(Notebook notebook) {
    notebook.text(
        "Linear layers on top of each other gain nothing: W2 (W1 x + b1) + b2 ="
            + " (W2 W1) x + (W2 b1 + b2) is one layer, whose matrix is the product of theirs.");
    SplittableRandom random = new SplittableRandom(4);
    Linear first = new Linear(3, 5, DType.FLOAT64, random);
    Linear second = new Linear(5, 2, DType.FLOAT64, random);
    Sequential two = new Sequential(first, second);
    Linear one = joined(first, second);
    Tensor x = new RandomKey(2).normal(DType.FLOAT64, 1_000, 3);
    double difference = two.forward(x).sub(one.forward(x)).abs().max().item();
    notebook.number("weights and biases of two layers, 3-5-2", (double) two.parameterCount());
    notebook.number("weights and biases of the one, 3-2", (double) one.parameterCount());
    notebook.number("largest difference over 1,000 inputs", difference);
    notebook.claim("two linear layers equal the one of the product (to 1e-12)", difference < 1e-12);

    notebook.text(
        "A ReLU between them, max(0, z), changes that. What is linear up to a constant obeys"
            + " f(u + v) - f(0) = (f(u) - f(0)) + (f(v) - f(0)); with the ReLU it does not,"
            + " so no single layer equals it.");
    Sequential bent = new Sequential(first, new ReLU(), second);
    Tensor u = x.slice(0, 0, 500);
    Tensor v = x.slice(0, 500, 1_000);
    notebook.number("how far two linear layers are from linear", bend(two, u, v));
    notebook.number("how far they are with a ReLU between", bend(bent, u, v));
    notebook.claim("without a ReLU the network is linear (to 1e-12)", bend(two, u, v) < 1e-12);
    notebook.claim("with a ReLU between it is not", bend(bent, u, v) > 0.1);
    notebook.claim(
        "with a ReLU between it differs from the one layer",
        bent.forward(x).sub(one.forward(x)).abs().max().item() > 0.1);

    Linear wide = new Linear(1, 8, DType.FLOAT64, random);
    Linear narrow = new Linear(8, 1, DType.FLOAT64, random);
    notebook.picture(
        "One input, eight hidden units: without a ReLU a straight line, with one a bent one",
        Curves.of(
                "The same weights with and without a ReLU",
                curve("without a ReLU", new Sequential(wide, narrow)),
                curve("with a ReLU", new Sequential(wide, new ReLU(), narrow)))
            .axes(Axis.linear("x"), Axis.linear("output")));
  }

  /** The layer W2 W1 with the bias W2 b1 + b2. */
  private static Linear joined(Linear first, Linear second) {
    Tensor matrix = second.weight().tensor().matmul(first.weight().tensor()).detach();
    Tensor shift = second.forward(bias(first)).detach();
    return new Linear(Parameter.of("weight", matrix), Parameter.of("bias", shift));
  }

  private static Tensor bias(Linear layer) {
    return Objects.requireNonNull(layer.bias()).tensor();
  }

  private static double bend(Sequential f, Tensor u, Tensor v) {
    Tensor zero = f.forward(Tensor.zeros(DType.FLOAT64, 1, 3));
    Tensor parts = f.forward(u).add(f.forward(v)).sub(zero);
    return f.forward(u.add(v)).sub(parts).abs().max().item();
  }

  private static Series curve(String name, Sequential network) {
    Tensor x = Tensor.linspace(DType.FLOAT64, -4, 4, 401);
    Tensor y = Autodiff.withoutGradient(() -> network.forward(x.unsqueeze(1)));
    return new Series(name, x.toDoubleArray(), y.toDoubleArray());
  }
}
