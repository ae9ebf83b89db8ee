package dev.lanegrad.examples.lectures.convolution;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Difference;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Conv2d;
import dev.lanegrad.layers.Flatten;
import dev.lanegrad.layers.GlobalMaxPool;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.ReLU;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.plots.Images;
import dev.lanegrad.training.Dataset;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Trained on patterns at some positions and tested at others. */
final class ShiftInvariance {
  private static final int HALF = Patterns.COLUMNS / 2;
  private static final int STEPS = 400;

  private static final Layer CONVOLUTION = new Conv2d(1, 12, 5, new SplittableRandom(1));

  private ShiftInvariance() {}

  private static Layer mlp(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return new Sequential(
        new Flatten(),
        new Linear(Patterns.SIZE * Patterns.SIZE, 64, random),
        new ReLU(),
        new Linear(64, Patterns.CLASSES, random));
  }

  private static Layer cnn(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return new Sequential(
        new Conv2d(1, 12, 5, random),
        new ReLU(),
        new GlobalMaxPool(),
        new Linear(12, Patterns.CLASSES, random));
  }

  static void run(Notebook notebook) {
    notebook.text(
        "A convolution commutes with shifts: if the picture moves by some pixels, so do its feature"
            + " maps, and the largest value of a feature map does not change at all. A fully"
            + " connected layer has other weights for each pixel, and what it learned at one place"
            + " says nothing about another.");
    notebook.text(
        "Two networks learn to tell a plus, a cross, a square and an E of 5 x 5 pixels in a noisy"
            + " picture of 12 x 12, from 2,000 pictures with the pattern in the left half. Then"
            + " they are shown 1,000 others with the pattern there, and 1,000 with the pattern in"
            + " the right half, where none was before. Chance is 25 %.");
    Dataset seen = Patterns.make(1_000, 0, HALF, 100);
    Dataset unseen = Patterns.make(1_000, HALF, Patterns.COLUMNS, 101);
    notebook.picture(
        "Four pictures with the pattern in the left half, four with it in the right half",
        Images.of(
                "Patterns",
                Stream.concat(examples("seen", seen), examples("unseen", unseen)).toList())
            .columns(4));
    Tensor x = unseen.x();
    Tensor maps = CONVOLUTION.forward(x);
    Tensor ofMoved = CONVOLUTION.forward(x.slice(3, 1, Patterns.SIZE)); // one pixel to the left
    notebook.claim(
        "the feature maps of moved pictures are the moved feature maps, to the bit",
        Difference.largest(ofMoved, maps.slice(3, 1, Patterns.COLUMNS)) == 0);
    List<Layer> mlps = Comparison.models(seed -> trained(mlp(seed), seed));
    List<Layer> cnns = Comparison.models(seed -> trained(cnn(seed), seed));
    notebook.number("parameters of the MLP", (double) mlps.getFirst().parameterCount());
    notebook.number("parameters of the CNN", (double) cnns.getFirst().parameterCount());
    Comparison there = compare("accuracy in % where patterns were seen", mlps, cnns, seen);
    Comparison elsewhere = compare("accuracy in % where none was seen", mlps, cnns, unseen);
    there.showIn(notebook);
    elsewhere.showIn(notebook);
    notebook.claim(
        "where patterns were seen, both are right in 80 % at least",
        there.pairs().stream().allMatch(pair -> pair[0] >= 80 && pair[1] >= 80));
    notebook.claim(
        "the CNN holds where none was seen: 95 % at least",
        elsewhere.pairs().stream().allMatch(pair -> pair[1] >= 95));
    notebook.claim(
        "the MLP does not: 45 % at most there",
        elsewhere.pairs().stream().allMatch(pair -> pair[0] <= 45));
  }

  private static Layer trained(Layer model, long seed) {
    Dataset data = Patterns.make(2_000, 0, HALF, seed);
    return Training.trained(model, new Adam(0.01), data, STEPS, seed);
  }

  private static Comparison compare(
      String quantity, List<Layer> mlps, List<Layer> cnns, Dataset test) {
    return Comparison.ofModels(
        quantity, "MLP", "CNN", mlps, cnns, model -> Training.accuracy(model, test));
  }

  private static Stream<Images.Tile> examples(String name, Dataset data) {
    return IntStream.range(0, 4)
        .mapToObj(i -> new Images.Tile(name, Pixels.of(data.x().slice(0, i, i + 1))));
  }
}
