package dev.lanegrad.examples.lectures.representation;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Initializer;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.layers.ReLU;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.optim.SGD;
import dev.lanegrad.training.Batch;
import dev.lanegrad.training.Batches;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.History;
import dev.lanegrad.training.Trainer;
import dev.lanegrad.training.data.Mnist1d;
import dev.lanegrad.training.metric.Accuracy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * The training of a network of L4.9: inputs of MNIST-1D with random labels, gradient descent over
 * all examples at once, an update an epoch.
 *
 * @param hiddenLayers from 1 to 4, which decides on their width
 * @param examples how many, from the first on
 * @param goal the training accuracy at which it ends, as a fraction
 * @param reportEvery epochs between reports; accuracies are means over them
 * @param seed of labels and weights
 */
public record RandomLabels(
    int hiddenLayers, int examples, double goal, int reportEvery, long seed) {
  /** The most hidden layers there are. */
  public static final int DEEPEST = 4;

  static final double LEARNING_RATE = 0.0025;
  static final String ACCURACY = "accuracy";
  static final double FITS = 0.99;

  /** Of one hidden layer, two, three and four, so that all have about 15,200 parameters. */
  private static final List<Integer> WIDTHS = List.of(298, 100, 75, 63);

  /** The four networks of the lecture: 4000 examples, trained until every label is right. */
  public static List<RandomLabels> inFull(long seed) {
    return all(Mnist1d.TRAINING_EXAMPLES, 1, 100, seed);
  }

  /** The four networks on fewer examples, trained until 99 % of the labels are right. */
  static List<RandomLabels> inShort(int examples, long seed) {
    return all(examples, FITS, 10, seed);
  }

  private static List<RandomLabels> all(int examples, double goal, int reportEvery, long seed) {
    List<RandomLabels> all = new ArrayList<>();
    for (int layers = 1; layers <= DEEPEST; layers++) {
      all.add(new RandomLabels(layers, examples, goal, reportEvery, seed));
    }
    return all;
  }

  /** Units of each hidden layer. */
  public int width() {
    return WIDTHS.get(hiddenLayers - 1);
  }

  /** He's initialisation, and biases of 0. */
  Sequential network() {
    SplittableRandom random = new SplittableRandom(1_000 * seed + hiddenLayers);
    List<Layer> layers = new ArrayList<>();
    int in = Mnist1d.LENGTH;
    for (int k = 0; k < hiddenLayers; k++) {
      layers.add(linear(in, width(), random));
      layers.add(new ReLU());
      in = width();
    }
    layers.add(linear(in, Mnist1d.CLASSES, random));
    return new Sequential(layers);
  }

  private static Linear linear(int in, int out, SplittableRandom random) {
    return new Linear(
        in, out, DType.FLOAT32, random, Initializer.kaimingNormal(0), Initializer.zeros());
  }

  /** The examples with labels that have nothing to do with them. */
  Dataset data() {
    Tensor x = Mnist1d.make().training(DType.FLOAT32).x().slice(0, 0, examples);
    SplittableRandom random = new SplittableRandom(seed);
    int[] labels = new int[examples];
    Arrays.setAll(labels, _ -> random.nextInt(Mnist1d.CLASSES));
    return new Dataset(x, Tensor.ofInts(labels));
  }

  /** All examples in one batch, and in words what a checkpoint must not be mixed up with. */
  public Batches<Batch> batches() {
    Batch all = data().batch(0, examples);
    return Batches.made(
        String.format(Locale.ROOT, "%d random labels of seed %d", examples, seed),
        1,
        (_, _) -> all);
  }

  /** Ends when the goal is reached. */
  public Trainer<Batch> trainer() {
    Layer network = network();
    return Trainer.supervised(
            network,
            new Optimizer(network.parameters(), new SGD(LEARNING_RATE)),
            Losses::crossEntropy)
        .metrics(new Accuracy())
        .reportEvery(reportEvery)
        .callbacks(new UntilFit(goal));
  }

  /** The first epoch by which the training accuracy was 99 %, if it was. */
  public static OptionalLong epochsToFit(History history) {
    return history.points(ACCURACY).stream()
        .filter(point -> point.value() >= FITS)
        .mapToLong(History.Point::step)
        .findFirst();
  }
}
