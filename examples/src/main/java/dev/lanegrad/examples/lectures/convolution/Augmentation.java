package dev.lanegrad.examples.lectures.convolution;

import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Flatten;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.ReLU;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.training.DataLoader;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.ImageTransforms;
import dev.lanegrad.training.Limit;
import dev.lanegrad.training.Transform;
import dev.lanegrad.training.data.StrokeDigits;
import java.util.SplittableRandom;

/** More examples for nothing: a digit that is shifted and turned is the same digit. */
final class Augmentation {
  private static final int EXAMPLES = 500;
  private static final int STEPS = 600;
  private static final Transform CHANGE = ImageTransforms.shift(3).then(ImageTransforms.rotate(10));

  private Augmentation() {}

  private static Layer network(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return new Sequential(
        new Flatten(),
        new Linear(StrokeDigits.SIZE * StrokeDigits.SIZE, 64, random),
        new ReLU(),
        new Linear(64, StrokeDigits.CLASSES, random));
  }

  static void run(Notebook notebook) {
    notebook.text(
        "Data augmentation. A digit that is moved by up to three pixels and turned by up to ten"
            + " degrees is the same digit, so a new version of it can be shown in every epoch. A"
            + " network with 64 hidden units learns from 500 drawn digits, as they are and"
            + " changed.");
    Dataset test = StrokeDigits.make(1_000, 100);
    Comparison accuracy =
        Comparison.of(
            "test accuracy in %",
            "the same pictures",
            "augmented pictures",
            seed -> {
              DataLoader same = Training.shuffled(StrokeDigits.make(EXAMPLES, seed), seed);
              return new double[] {
                accuracy(same, seed, test), accuracy(same.transformed(CHANGE, seed), seed, test)
              };
            });
    notebook.claim(
        "augmentation raises the accuracy by 15 points at least",
        accuracy.showIn(notebook).growsBy(15));
  }

  private static double accuracy(DataLoader loader, long seed, Dataset test) {
    Layer model = network(seed);
    Training.trainer(model, new Adam(0.003)).fit(loader, Limit.steps(STEPS));
    return Training.accuracy(model, test);
  }
}
