package dev.lanegrad.examples.lectures.convolution;

import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.optim.SGD;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Large weights cost something. */
final class WeightDecay {
  private static final int EXAMPLES = 400;
  private static final int STEPS = 800;
  private static final double DECAY = 0.02;

  private WeightDecay() {}

  static void run(Notebook notebook) {
    notebook.text(
        "Weight decay. The cost becomes J = mean loss + λ Σ w². Its gradient has one more term,"
            + " 2 λ w, so that every step pulls every weight towards 0: a weight stays large only"
            + " where the data insist on it. Here 400 signals of MNIST-1D train 100 hidden units,"
            + " enough to learn them by heart, with 2 λ = 0 and with 2 λ = 0.02.");
    List<Layer> plain = networks(0);
    List<Layer> decayed = networks(DECAY);
    Comparison loss =
        compare("test loss", plain, decayed, model -> Training.loss(model, Signals.test()));
    notebook.claim(
        "weight decay at least halves the test loss", loss.showIn(notebook).fallsTo(0.5));
    Comparison squares =
        compare("sum of squared weights", plain, decayed, WeightDecay::sumOfSquares);
    notebook.claim(
        "weight decay at least halves the sum of the squared weights",
        squares.showIn(notebook).fallsTo(0.5));
  }

  private static List<Layer> networks(double decay) {
    SGD rule = new SGD(0.1, 0.9).withWeightDecay(decay);
    return Comparison.seeds()
        .<Layer>mapToObj(
            seed ->
                Training.trained(
                    Signals.network(100, seed), rule, Signals.few(EXAMPLES, seed), STEPS, seed))
        .toList();
  }

  private static Comparison compare(
      String quantity, List<Layer> plain, List<Layer> decayed, ToDoubleFunction<Layer> measure) {
    return new Comparison(
        quantity,
        "without weight decay",
        "with weight decay",
        IntStream.range(0, plain.size())
            .mapToObj(
                i ->
                    new double[] {
                      measure.applyAsDouble(plain.get(i)), measure.applyAsDouble(decayed.get(i))
                    })
            .toList());
  }

  private static double sumOfSquares(Layer model) {
    return model.parameters().stream().mapToDouble(w -> w.tensor().square().sum().item()).sum();
  }
}
