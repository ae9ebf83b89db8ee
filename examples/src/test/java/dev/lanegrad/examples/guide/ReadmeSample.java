package dev.lanegrad.examples.guide;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.optim.Optimizer;
import java.util.SplittableRandom;

class ReadmeSample {
  public static void main(String... arguments) {
    Tensor x = Tensor.of(new float[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
    Tensor y = Tensor.of(new float[][] {{0}, {1}, {1}, {0}});
    var random = new SplittableRandom(42);
    var model = new Sequential(new Linear(2, 8, random), Tensor::tanh, new Linear(8, 1, random));
    var optimizer = new Optimizer(model.parameters(), new Adam(0.1));
    for (int step = 0; step < 100; step++) {
      optimizer.step(Losses.binaryCrossEntropyWithLogits(model.forward(x), y).backward());
    }
    System.out.println(model.forward(x).sigmoid());
  }
}
