package dev.lanegrad.examples.guide;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.layers.Tanh;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.training.Batch;
import dev.lanegrad.training.DataLoader;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.Metrics;
import dev.lanegrad.training.data.Points2d;
import dev.lanegrad.training.files.Safetensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** The samples of the page about the first steps. */
final class StartSample {
  static final List<Runnable> PRINTING =
      List.of(() -> ReadmeSample.main(), StartSample::firstModel);

  private StartSample() {}

  static void firstModel() {
    List<Dataset> parts = Points2d.moons(1_000, 0.1, 42).split(0.8, 0.2);
    var random = new SplittableRandom(1);
    var model = new Sequential(new Linear(2, 16, random), new Tanh(), new Linear(16, 2, random));
    var optimizer = new Optimizer(model.parameters(), new Adam(0.02));
    DataLoader loader = new DataLoader(parts.getFirst(), 32).shuffled(42);
    for (int epoch = 1; epoch <= 20; epoch++) {
      double sum = 0;
      for (Batch batch : loader.epoch(epoch)) {
        Tensor loss = Losses.crossEntropy(model.forward(batch.x()), batch.y());
        optimizer.step(loss.backward());
        sum += loss.item();
      }
      if (epoch % 5 == 0) {
        System.out.printf(Locale.ROOT, "epoch %2d  loss %.4f%n", epoch, sum / loader.batches());
      }
    }
    Dataset test = parts.getLast();
    double accuracy = Metrics.accuracy(model.forward(test.x()), test.y());
    System.out.printf(Locale.ROOT, "%.1f %% of the test set%n", 100 * accuracy);
    reuse(model);
  }

  private static void reuse(Sequential model) {
    try {
      Path folder = Files.createTempDirectory("guide");
      Path path = folder.resolve("moons.safetensors");
      saved(model, path);
      Files.delete(path);
      Files.delete(folder);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static void saved(Sequential model, Path path) {
    Safetensors.write(model.stateDict(), path);
    model.loadStateDict(Safetensors.read(path).tensors());
    model.eval();
    Tensor scores = model.forward(Tensor.of(new float[][] {{0, 1}, {1, -0.5f}}));
    System.out.println(scores.argmax(1));
  }
}
