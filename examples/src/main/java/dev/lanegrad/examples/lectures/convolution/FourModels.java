package dev.lanegrad.examples.lectures.convolution;

import dev.lanegrad.layers.Conv1d;
import dev.lanegrad.layers.Flatten;
import dev.lanegrad.layers.GRU;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.LearnedPositionalEncoding;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.ReLU;
import dev.lanegrad.layers.RecurrentOptions;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.layers.TransformerEncoderLayer;
import dev.lanegrad.layers.Unflatten;
import dev.lanegrad.training.data.Mnist1d;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Models of four architectures for the signals of MNIST-1D: {@code [n, 40] -> [n, 10]}. */
final class FourModels {
  private static final int PIECES = 10;
  private static final int PIECE = Mnist1d.LENGTH / PIECES;

  private FourModels() {}

  static SequencedMap<String, Layer> all() {
    SequencedMap<String, Layer> models = new LinkedHashMap<>();
    models.put("fully connected", fullyConnected(new SplittableRandom(1)));
    models.put("convolutional", convolutional(new SplittableRandom(1)));
    models.put("recurrent", recurrent(new SplittableRandom(1)));
    models.put("transformer", transformer(new SplittableRandom(1)));
    return models;
  }

  /** Every unit sees every value. */
  private static Layer fullyConnected(RandomGenerator random) {
    return new Sequential(
        new Linear(Mnist1d.LENGTH, 64, random),
        new ReLU(),
        new Linear(64, 64, random),
        new ReLU(),
        new Linear(64, Mnist1d.CLASSES, random));
  }

  /** The same kernels at every place. */
  private static Layer convolutional(RandomGenerator random) {
    return new Sequential(
        new Unflatten(1, 1, Mnist1d.LENGTH), // [n, 1, 40]
        new Conv1d(1, 20, 5, random).stride(2).padding(2), // [n, 20, 20]
        new ReLU(),
        new Conv1d(20, 20, 5, random).stride(2).padding(2), // [n, 20, 10]
        new ReLU(),
        new Flatten(),
        new Linear(20 * PIECES, Mnist1d.CLASSES, random));
  }

  /** Reads ten pieces of four values, one after another from both ends, and remembers. */
  private static Layer recurrent(RandomGenerator random) {
    RecurrentOptions options = RecurrentOptions.DEFAULTS.withBatchFirst().withBothDirections();
    return new Sequential(
        new Unflatten(1, PIECES, PIECE), // [n, 10, 4]
        new GRU(PIECE, 20, options, random), // [n, 10, 40]
        new Flatten(),
        new Linear(PIECES * 40, Mnist1d.CLASSES, random));
  }

  /** Each of ten pieces looks at all others and takes from them what it needs. */
  private static Layer transformer(RandomGenerator random) {
    return new Sequential(
        new Unflatten(1, PIECES, PIECE), // [n, 10, 4]
        new Linear(PIECE, 24, random), // [n, 10, 24]
        new LearnedPositionalEncoding(PIECES, 24, random),
        new TransformerEncoderLayer(24, 4, 48, random),
        new Flatten(),
        new Linear(PIECES * 24, Mnist1d.CLASSES, random));
  }
}
