package dev.lanegrad.examples.lectures.convolution;

import dev.lanegrad.layers.Conv1d;
import dev.lanegrad.layers.Flatten;
import dev.lanegrad.layers.GRU;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.ReLU;
import dev.lanegrad.layers.RecurrentOptions;
import dev.lanegrad.layers.Residual;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.layers.Unflatten;
import dev.lanegrad.training.data.Mnist1d;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** The models that the authors of MNIST-1D compare. */
public enum Mnist1dModel {
  /** Logistic regression: 410 parameters. */
  LINEAR {
    @Override
    public Layer create(RandomGenerator random) {
      return new Linear(Mnist1d.LENGTH, Mnist1d.CLASSES, random);
    }
  },

  /** h = relu(l1 x), h = h + relu(l2 h), out = l3 h: 15,210 parameters. */
  MLP {
    @Override
    public Layer create(RandomGenerator random) {
      return new Sequential(
          new Linear(Mnist1d.LENGTH, HIDDEN, random),
          new ReLU(),
          new Residual(new Sequential(new Linear(HIDDEN, HIDDEN, random), new ReLU())),
          new Linear(HIDDEN, Mnist1d.CLASSES, random));
    }
  },

  /** Three convolutions, then linear from 25 channels of 5 positions: 5,210 parameters. */
  CNN {
    @Override
    public Layer create(RandomGenerator random) {
      return new Sequential(
          new Unflatten(1, 1, Mnist1d.LENGTH),
          new Conv1d(1, CHANNELS, 5, random).stride(2).padding(1),
          new ReLU(),
          new Conv1d(CHANNELS, CHANNELS, 3, random).stride(2).padding(1),
          new ReLU(),
          new Conv1d(CHANNELS, CHANNELS, 3, random).stride(2).padding(1),
          new ReLU(),
          new Flatten(),
          new Linear(5 * CHANNELS, Mnist1d.CLASSES, random));
    }
  },

  /** Reads the 40 values both ways, then linear from all of its states: 5,134 parameters. */
  GRU {
    @Override
    public Layer create(RandomGenerator random) {
      RecurrentOptions options = RecurrentOptions.DEFAULTS.withBatchFirst().withBothDirections();
      return new Sequential(
          new Unflatten(1, Mnist1d.LENGTH, 1),
          new GRU(1, STATES, options, random),
          new Flatten(),
          new Linear(Mnist1d.LENGTH * 2 * STATES, Mnist1d.CLASSES, random));
    }
  };

  private static final int HIDDEN = 100;
  private static final int CHANNELS = 25;
  private static final int STATES = 6;

  /** A model for inputs [n, 40] with scores [n, 10]; equal generators give equal models. */
  public abstract Layer create(RandomGenerator random);

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
