package dev.lanegrad.examples.lectures.convolution;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.ReLU;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.data.Mnist1d;
import java.util.SplittableRandom;

/**
 * What many of these programs train on: MNIST-1D, of which few examples are quickly learned by
 * heart.
 */
final class Signals {
  private static final Mnist1d DATA = Mnist1d.make();

  private Signals() {}

  /** So many of the 4,000 examples to train on, other ones for each seed. */
  static Dataset few(int examples, long seed) {
    return training().shuffled(seed).slice(0, examples);
  }

  /** The 4,000 examples to train on: x [4000, 40], y [4000]. */
  static Dataset training() {
    return DATA.training(DType.FLOAT32);
  }

  /** The 1,000 examples to test on. */
  static Dataset test() {
    return DATA.test(DType.FLOAT32);
  }

  /** One hidden layer between a signal and the scores of ten classes: [n, 40] -> [n, 10]. */
  static Sequential network(int hidden, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return new Sequential(
        new Linear(Mnist1d.LENGTH, hidden, random),
        new ReLU(),
        new Linear(hidden, Mnist1d.CLASSES, random));
  }
}
