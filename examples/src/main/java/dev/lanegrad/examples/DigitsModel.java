package dev.lanegrad.examples;

import dev.lanegrad.layers.Conv2d;
import dev.lanegrad.layers.Flatten;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.MaxPool2d;
import dev.lanegrad.layers.ReLU;
import dev.lanegrad.layers.Sequential;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** A network of each kind, with nearly as many parameters. */
enum DigitsModel {
  /** One hidden layer of 11 units: 8,755 parameters. */
  MLP {
    @Override
    Sequential create(RandomGenerator random) {
      return new Sequential(
          new Flatten(),
          new Linear(SIZE * SIZE, HIDDEN, random),
          new ReLU(),
          new Linear(HIDDEN, CLASSES, random));
    }

    @Override
    List<Layer> firstStage(Sequential model) {
      return List.of();
    }
  },

  /** Three convolutions, each with ReLU and the largest of 2 x 2: 8,906 parameters. */
  CNN {
    @Override
    Sequential create(RandomGenerator random) {
      return new Sequential(
          new Conv2d(1, 8, 5, random).padding(2), // 28 x 28
          new ReLU(),
          new MaxPool2d(2), // 14 x 14
          new Conv2d(8, 16, 3, random).padding(1),
          new ReLU(),
          new MaxPool2d(2), // 7 x 7
          new Conv2d(16, 32, 3, random).padding(1),
          new ReLU(),
          new MaxPool2d(2), // 3 x 3
          new Flatten(),
          new Linear(32 * 3 * 3, CLASSES, random));
    }

    @Override
    List<Layer> firstStage(Sequential model) {
      return model.layers().subList(0, 2);
    }
  };

  /** Rows and columns of a picture. */
  static final int SIZE = 28;

  static final int CLASSES = 10;
  private static final int HIDDEN = 11;

  /** A model for inputs [n, 1, 28, 28] with scores [n, 10]; equal generators give equal models. */
  abstract Sequential create(RandomGenerator random);

  /** The layers up to the first that gives feature maps; none where there are no maps. */
  abstract List<Layer> firstStage(Sequential model);

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
