package dev.lanegrad.examples.lectures.convolution;

import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.optim.SGD;
import java.util.List;

/** Large weights cost something. */
final class WeightDecay {
  private static final int EXAMPLES = 400;
  private static final int STEPS = 800;
  private static final double DECAY = 0.02;

  private static final String WITHOUT = "without weight decay";
  private static final String WITH = "with weight decay";

  private WeightDecay() {}

  static void run(Notebook notebook) {
    notebook.text(
        "Weight decay. The cost becomes J = mean loss + λ Σ w². Its gradient has one more term,"
            + " 2 λ w, so that every step pulls every weight towards 0: a weight stays large only"
            + " where the data insist on it. Here 400 signals of MNIST-1D train 100 hidden units,"
            + " enough to learn them by heart, with 2 λ = 0 and with 2 λ = 0.02.");
    List<Layer> plain = Comparison.models(seed -> network(0, seed));
    List<Layer> decayed = Comparison.models(seed -> network(DECAY, seed));
    Comparison loss =
        Comparison.ofModels(
            "test loss",
            WITHOUT,
            WITH,
            plain,
            decayed,
            model -> Training.loss(model, Signals.test()));
    notebook.claim(
        "weight decay at least halves the test loss", loss.showIn(notebook).fallsTo(0.5));
    Comparison squares =
        Comparison.ofModels(
            "sum of squared weights", WITHOUT, WITH, plain, decayed, WeightDecay::sumOfSquares);
    notebook.claim(
        "weight decay at least halves the sum of the squared weights",
        squares.showIn(notebook).fallsTo(0.5));
  }

  private static Layer network(double decay, long seed) {
    return Training.trained(
        Signals.network(100, seed),
        new SGD(0.1, 0.9).withWeightDecay(decay),
        Signals.few(EXAMPLES, seed),
        STEPS,
        seed);
  }

  private static double sumOfSquares(Layer model) {
    return model.parameters().stream().mapToDouble(w -> w.tensor().square().sum().item()).sum();
  }
}
