package dev.lanegrad.examples.lectures.convolution;

import dev.lanegrad.examples.lectures.Notebook;

/** Nine ways to do better on what was not seen, each with its effect as a number. */
final class Generalisation {
  private Generalisation() {}

  static void run(Notebook notebook) {
    notebook.text(
        "A network with enough weights learns its training set by heart. What counts is the loss on"
            + " examples that it has not seen, and there are many ways to make that smaller. Each"
            + " is tried here on a task small enough to overfit, with three seeds for data, weights"
            + " and order; each claim is about all three.");
    WeightDecay.run(notebook);
    HiddenUnits.run(notebook);
    WeightSharing.run(notebook);
    Ensemble.run(notebook);
    PreTraining.run(notebook);
    Augmentation.run(notebook);
    DroppedUnits.run(notebook);
    NormalisedBatches.run(notebook);
    StoppedEarly.run(notebook);
  }
}
