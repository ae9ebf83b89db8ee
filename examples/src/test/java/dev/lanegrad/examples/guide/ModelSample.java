package dev.lanegrad.examples.guide;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.optim.Optimizer;
import java.util.List;
import java.util.SplittableRandom;

/** The Javadoc's samples of layers and optimizers; the test runs each. */
@SuppressWarnings("MissingOverride") // the Javadoc shows it without
final class ModelSample {
  private ModelSample() {}

  record Autoencoder(Linear down, Linear up) implements Layer {
    public Tensor forward(Tensor x) {
      return up.apply(down.apply(x).relu());
    }

    public List<Child> children() {
      return List.of(new Child("down", down), new Child("up", up));
    }
  }

  /** One step, and the loss before and after it. */
  static double[] train() {
    SplittableRandom random = new SplittableRandom(1);
    Layer model = new Autoencoder(new Linear(4, 3, random), new Linear(3, 4, random));
    Tensor x = Tensor.of(new float[][] {{1, 0, 0, 0}, {0, 1, 0, 0}});
    Tensor loss = Losses.meanSquaredError(model.forward(x), x);
    Optimizer optimizer = new Optimizer(model.parameters(), new Adam(1e-3));
    optimizer.step(loss.backward());
    return new double[] {loss.item(), Losses.meanSquaredError(model.forward(x), x).item()};
  }
}
