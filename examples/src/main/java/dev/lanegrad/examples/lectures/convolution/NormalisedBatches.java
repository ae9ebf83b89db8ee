package dev.lanegrad.examples.lectures.convolution;

import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.BatchNorm1d;
import dev.lanegrad.layers.Identity;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.layers.Sigmoid;
import dev.lanegrad.optim.SGD;
import dev.lanegrad.training.data.Mnist1d;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** With its inputs normalised in every batch, a layer of a deep network still learns. */
final class NormalisedBatches {
  private static final int DEPTH = 6;
  private static final int WIDTH = 32;
  private static final int STEPS = 600;

  private NormalisedBatches() {}

  /** Six hidden layers of sigmoids, each after a normalisation or nothing. */
  private static Layer network(Supplier<Layer> normalisation, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Layer> layers = new ArrayList<>();
    int in = Mnist1d.LENGTH;
    for (int i = 0; i < DEPTH; i++) {
      layers.add(new Linear(in, WIDTH, random));
      layers.add(normalisation.get());
      layers.add(new Sigmoid());
      in = WIDTH;
    }
    layers.add(new Linear(in, Mnist1d.CLASSES, random));
    return new Sequential(layers);
  }

  static void run(Notebook notebook) {
    notebook.text(
        "Batch normalisation. Before the activation each unit's z becomes γ (z - mean) / standard"
            + " deviation + β, with mean and deviation over the batch, and γ and β learned. In a"
            + " deep network of sigmoids the signal otherwise shrinks from layer to layer, and the"
            + " gradient with it. Six hidden layers of 32 sigmoids learn MNIST-1D by 600 steps of"
            + " gradient descent. Chance is a loss of ln 10 = 2.303.");
    Comparison loss =
        Comparison.of(
            "training loss",
            "without normalisation",
            "with batch normalisation",
            seed ->
                new double[] {loss(Identity::new, seed), loss(() -> new BatchNorm1d(WIDTH), seed)});
    loss.showIn(notebook);
    notebook.claim(
        "without it, the network has learned nothing: its loss is within 0.02 of ln 10",
        loss.pairs().stream().allMatch(pair -> Math.abs(pair[0] - Math.log(10)) < 0.02));
    notebook.claim("with it, a fifth of the loss at least is gone", loss.fallsTo(0.8));
  }

  private static double loss(Supplier<Layer> normalisation, long seed) {
    Layer model = network(normalisation, seed);
    Training.trained(model, new SGD(0.1, 0.9), Signals.training(), STEPS, seed);
    return Training.loss(model, Signals.training());
  }
}
