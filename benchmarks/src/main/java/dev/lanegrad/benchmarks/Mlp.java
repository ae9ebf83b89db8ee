package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.layers.ReLU;
import dev.lanegrad.layers.Residual;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.training.Batch;
import dev.lanegrad.training.Trainer;
import dev.lanegrad.training.data.Mnist1d;
import java.util.List;
import java.util.SplittableRandom;

/** The network that {@code ./run mnist1d} trains, 40-100-100-10, on batches of its data. */
final class Mlp {
  private static final int HIDDEN = 100;

  private final Layer layer;
  private final Optimizer optimizer;
  private final List<Batch> batches;
  private int calls;

  Mlp(DType dtype, int batchSize) {
    SplittableRandom random = new SplittableRandom(42);
    layer =
        new Sequential(
            new Linear(Mnist1d.LENGTH, HIDDEN, dtype, random),
            new ReLU(),
            new Residual(new Sequential(new Linear(HIDDEN, HIDDEN, dtype, random), new ReLU())),
            new Linear(HIDDEN, Mnist1d.CLASSES, dtype, random));
    optimizer = new Optimizer(layer.parameters(), new Adam(0.01));
    batches = Mnist1d.make().training(dtype).batches(batchSize);
  }

  /** Forward, then in reverse. */
  void gradient() {
    Autodiff.tidy(
        () -> {
          reverse();
        });
  }

  /** What makes such steps for a user. */
  Trainer<Batch> trainer() {
    return Trainer.supervised(layer, optimizer, Losses::crossEntropy);
  }

  /** Those of an epoch, in order. */
  List<Batch> batches() {
    return batches;
  }

  /** Of the first batch. */
  double loss() {
    Batch first = batches.getFirst();
    return Autodiff.withoutGradient(
        () -> Losses.crossEntropy(layer.forward(first.x()), first.y()).item());
  }

  /** One step of training. */
  void step() {
    Autodiff.tidy(() -> optimizer.step(reverse()));
  }

  private Gradients reverse() {
    Batch batch = batches.get(calls++ % batches.size());
    return Losses.crossEntropy(layer.forward(batch.x()), batch.y()).backward();
  }
}
