package dev.lanegrad.examples;

import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.ReLU;
import dev.lanegrad.layers.Residual;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.training.data.Mnist1d;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** The models that the authors of MNIST-1D compare, as far as there are layers for them. */
enum Mnist1dModel {
  /** Logistic regression: 410 parameters. */
  LINEAR {
    @Override
    Layer create(RandomGenerator random) {
      return new Linear(Mnist1d.LENGTH, Mnist1d.CLASSES, random);
    }
  },

  /** h = relu(l1 x), h = h + relu(l2 h), out = l3 h: 15,210 parameters. */
  MLP {
    @Override
    Layer create(RandomGenerator random) {
      return new Sequential(
          new Linear(Mnist1d.LENGTH, HIDDEN, random),
          new ReLU(),
          new Residual(new Sequential(new Linear(HIDDEN, HIDDEN, random), new ReLU())),
          new Linear(HIDDEN, Mnist1d.CLASSES, random));
    }
  };

  private static final int HIDDEN = 100;

  /** A model for inputs [n, 40] with scores [n, 10]; equal generators give equal models. */
  abstract Layer create(RandomGenerator random);

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
