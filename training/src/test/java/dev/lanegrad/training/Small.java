package dev.lanegrad.training;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Dropout;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.layers.Tanh;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.training.data.Points2d;
import java.util.SplittableRandom;

/** A training that takes milliseconds: points of two moons, a network with dropout. */
final class Small {
  private Small() {}

  static final Dataset TRAINING = Points2d.moons(90, 0.1, 1);
  static final Dataset VALIDATION = Points2d.moons(40, 0.1, 2);

  static Layer model(long seed) {
    var random = new SplittableRandom(seed);
    return new Sequential(
        new Linear(2, 8, random), new Tanh(), new Dropout(0.2, random), new Linear(8, 2, random));
  }

  static Optimizer adam(Layer model) {
    return new Optimizer(model.parameters(), new Adam(0.05));
  }

  static Trainer<Batch> trainer(Layer model) {
    return Trainer.supervised(model, adam(model), Losses::crossEntropy);
  }

  /** 6 batches of 16, the last of 10, in a new order each epoch. */
  static DataLoader loader() {
    return new DataLoader(TRAINING, 16).shuffled(3);
  }

  static DataLoader validation() {
    return new DataLoader(VALIDATION, 16);
  }

  /** What one would write without a trainer. */
  static String bareLoop(int epochs) {
    Layer model = model(7);
    Optimizer optimizer = adam(model);
    for (int epoch = 0; epoch < epochs; epoch++) {
      for (Batch batch : loader().epoch(epoch)) {
        Autodiff.tidy(
            () -> {
              Tensor loss = Losses.crossEntropy(model.forward(batch.x()), batch.y());
              optimizer.step(loss.backward());
            });
      }
    }
    return Fingerprint.of(model.parameters());
  }
}
