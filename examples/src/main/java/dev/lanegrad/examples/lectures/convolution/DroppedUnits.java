package dev.lanegrad.examples.lectures.convolution;

import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Dropout;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.ReLU;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.training.data.Mnist1d;
import java.util.SplittableRandom;

/** Units that are left out at random cannot rely on each other. */
final class DroppedUnits {
  private static final int EXAMPLES = 1_000;
  private static final int HIDDEN = 200;
  private static final int STEPS = 600;

  private DroppedUnits() {}

  private static Layer network(double rate, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return new Sequential(
        new Linear(Mnist1d.LENGTH, HIDDEN, random),
        new ReLU(),
        new Dropout(rate, random),
        new Linear(HIDDEN, Mnist1d.CLASSES, random));
  }

  static void run(Notebook notebook) {
    notebook.text(
        "Dropout. In every step of the training each hidden unit is set to 0 with probability p,"
            + " and the others are multiplied by 1 / (1 - p), so that sums stay as they are on"
            + " average; afterwards all units take part. It is training a different network in each"
            + " step, and using the mean of all. Here p = 0.5 for 200 hidden units that learn"
            + " 1,000 signals of MNIST-1D.");
    Comparison loss =
        Comparison.of(
            "test loss",
            "without dropout",
            "with dropout",
            seed -> new double[] {loss(0, seed), loss(0.5, seed)});
    notebook.claim(
        "dropout takes a quarter of the test loss at least", loss.showIn(notebook).fallsTo(0.75));
  }

  private static double loss(double rate, long seed) {
    Layer model = network(rate, seed);
    Training.trained(model, new Adam(0.01), Signals.few(EXAMPLES, seed), STEPS, seed);
    return Training.loss(model, Signals.test());
  }
}
