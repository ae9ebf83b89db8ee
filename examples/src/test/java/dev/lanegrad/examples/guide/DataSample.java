package dev.lanegrad.examples.guide;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.layers.Tanh;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.training.Batch;
import dev.lanegrad.training.DataLoader;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.ImageTransforms;
import dev.lanegrad.training.Metrics;
import dev.lanegrad.training.data.CsvTable;
import dev.lanegrad.training.data.Points2d;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** The README's and the Javadoc's samples of data; the test runs each. */
final class DataSample {
  private DataSample() {}

  static void train(Dataset training, Layer model, Optimizer optimizer) {
    DataLoader loader =
        new DataLoader(training, 64).shuffled(1).transformed(ImageTransforms.flip(), 2);
    for (int epoch = 0; epoch < 10; epoch++) {
      for (Batch batch : loader.epoch(epoch)) {
        Autodiff.tidy(
            () -> {
              Tensor loss = Losses.crossEntropy(model.forward(batch.x()), batch.y());
              optimizer.step(loss.backward());
            });
      }
    }
  }

  static Dataset readIris() throws IOException {
    Files.writeString(Path.of("iris.csv"), "length,species\n5.1,setosa\n7,versicolor\n");
    try {
      CsvTable iris = CsvTable.read(Path.of("iris.csv"));
      Dataset flowers = iris.classification("species");
      List<String> species = iris.classes("species");
      return species.size() == 2 ? flowers : flowers.slice(0, 0);
    } finally {
      Files.delete(Path.of("iris.csv"));
    }
  }

  static double moons() {
    var random = new SplittableRandom(1);
    var model = new Sequential(new Linear(2, 16, random), new Tanh(), new Linear(16, 2, random));
    var optimizer = new Optimizer(model.parameters(), new Adam(0.02));
    List<Dataset> parts = Points2d.moons(1_000, 0.1, 42).split(0.8, 0.2);
    DataLoader loader = new DataLoader(parts.getFirst(), 32).shuffled(42);
    for (int epoch = 0; epoch < 20; epoch++) {
      for (Batch batch : loader.epoch(epoch)) {
        optimizer.step(Losses.crossEntropy(model.forward(batch.x()), batch.y()).backward());
      }
    }
    Dataset test = parts.getLast();
    double accuracy = Metrics.accuracy(model.forward(test.x()), test.y());
    return accuracy;
  }
}
