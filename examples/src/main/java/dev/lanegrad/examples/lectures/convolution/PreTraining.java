package dev.lanegrad.examples.lectures.convolution;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Conv1d;
import dev.lanegrad.layers.Flatten;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.ReLU;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.layers.Unflatten;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.data.Mnist1d;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Layers that were trained for one task serve another one. */
final class PreTraining {
  private static final int FIRST_OF_SECOND = 5;
  private static final int FEATURES = 25 * 5;

  private PreTraining() {}

  /** The classes 0 to 4. */
  private static Dataset firstTask(Dataset all) {
    return ofClasses(all, label -> label < FIRST_OF_SECOND);
  }

  /** The classes 5 to 9, as labels 0 to 4. */
  private static Dataset secondTask(Dataset all) {
    Dataset chosen = ofClasses(all, label -> label >= FIRST_OF_SECOND);
    int[] labels = chosen.y().toIntArray();
    return new Dataset(
        chosen.x(), Tensor.ofInts(Arrays.stream(labels).map(y -> y - FIRST_OF_SECOND).toArray()));
  }

  private static Dataset ofClasses(Dataset all, IntPredicate wanted) {
    int[] labels = all.y().toIntArray();
    return all.select(
        IntStream.range(0, labels.length).filter(i -> wanted.test(labels[i])).toArray());
  }

  /** Three convolutions: [n, 40] -> [n, 125]. */
  private static Sequential body(RandomGenerator random) {
    return new Sequential(
        new Unflatten(1, 1, Mnist1d.LENGTH),
        new Conv1d(1, 25, 5, random).stride(2).padding(1),
        new ReLU(),
        new Conv1d(25, 25, 3, random).stride(2).padding(1),
        new ReLU(),
        new Conv1d(25, 25, 3, random).stride(2).padding(1),
        new ReLU(),
        new Flatten());
  }

  static void run(Notebook notebook) {
    notebook.text(
        "Pre-training. The first layers learn what edges and bends look like, which is of use"
            + " beyond the classes they were trained for. A convolutional network learns the"
            + " classes 0 to 4 of MNIST-1D from 2,000 signals. Then its convolutions are frozen,"
            + " and a new last layer learns the classes 5 to 9 from 100 signals; beside it a"
            + " network that learns those from new weights.");
    Comparison accuracy =
        Comparison.of(
            "test accuracy in %",
            "from new weights",
            "from trained layers",
            seed -> {
              SplittableRandom random = new SplittableRandom(seed);
              Sequential trained = body(random);
              Training.trained(
                  new Sequential(trained, new Linear(FEATURES, 5, random)),
                  new Adam(0.005),
                  firstTask(Signals.training()),
                  1_000,
                  seed);
              trained.freeze();
              return new double[] {
                onSecondTask(body(random), random, seed), onSecondTask(trained, random, seed)
              };
            });
    accuracy.showIn(notebook);
    notebook.claim("trained layers raise the accuracy with every seed", accuracy.growsBy(2));
    notebook.claim("they raise it by 5 points at least on average", accuracy.growsOnAverageBy(5));
  }

  private static double onSecondTask(Layer body, RandomGenerator random, long seed) {
    Layer model = new Sequential(body, new Linear(FEATURES, 5, random));
    Dataset few = secondTask(Signals.training()).shuffled(seed).slice(0, 100);
    Training.trained(model, new Adam(0.005), few, 300, seed);
    return Training.accuracy(model, secondTask(Signals.test()));
  }
}
