package dev.lanegrad.examples.guide;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Scopes;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.BatchNorm1d;
import dev.lanegrad.layers.Conv1d;
import dev.lanegrad.layers.Dropout;
import dev.lanegrad.layers.Flatten;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.layers.ReLU;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.layers.Unflatten;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.training.Batch;
import dev.lanegrad.training.Metrics;
import dev.lanegrad.training.data.Mnist1d;
import java.util.List;
import java.util.SplittableRandom;

/** The README's samples of layers; the test runs each. */
@SuppressWarnings("MissingOverride") // the README shows them without
final class LayerSample {
  private LayerSample() {}

  /** Each feature times how much of it may pass. */
  record Gate(Linear linear) implements Layer {
    public Tensor forward(Tensor x) {
      return x.mul(linear.apply(x).sigmoid());
    }

    public List<Child> children() {
      return List.of(new Child("linear", linear));
    }
  }

  /** Batches on the threads of a stream. */
  static List<Tensor> inParallel(Layer model, List<Tensor> batches) {
    return Autodiff.withoutGradient(
        () -> {
          Scopes here = Scopes.current();
          return batches.parallelStream().map(x -> here.call(() -> model.forward(x))).toList();
        });
  }

  /** The accuracy on examples that were not trained on. */
  static double convolutionalNetwork() {
    var data = Mnist1d.make();
    var random = new SplittableRandom(1);
    var model =
        new Sequential(
            new Unflatten(1, 1, 40), // [n, 40] -> [n, 1, 40]: one channel
            new Conv1d(1, 25, 5, random).stride(2).padding(1),
            new BatchNorm1d(25),
            new ReLU(),
            new Conv1d(25, 25, 3, random).stride(2).padding(1),
            new ReLU(),
            new Flatten(),
            new Dropout(0.1, random),
            new Linear(250, 10, random));
    System.out.println(model.summary(100, 40));
    var optimizer = new Optimizer(model.parameters(), new Adam(0.01));
    for (int epoch = 0; epoch < 5; epoch++) {
      for (Batch batch : data.training(DType.FLOAT32).batches(100)) {
        Autodiff.tidy(
            () -> {
              Tensor loss = Losses.crossEntropy(model.forward(batch.x()), batch.y());
              optimizer.step(loss.backward());
            });
      }
    }
    model.eval();
    var test = data.test(DType.FLOAT32);
    double accuracy = Metrics.accuracy(model.forward(test.x()), test.y());
    return accuracy;
  }
}
