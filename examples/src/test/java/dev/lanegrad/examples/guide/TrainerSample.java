package dev.lanegrad.examples.guide;

import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.layers.Tanh;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.optim.SGD;
import dev.lanegrad.training.Batch;
import dev.lanegrad.training.Checkpoints;
import dev.lanegrad.training.DataLoader;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.EarlyStopping;
import dev.lanegrad.training.History;
import dev.lanegrad.training.Limit;
import dev.lanegrad.training.NonFiniteException;
import dev.lanegrad.training.Outcome;
import dev.lanegrad.training.Trainer;
import dev.lanegrad.training.data.Points2d;
import dev.lanegrad.training.files.Safetensors;
import dev.lanegrad.training.log.CsvLog;
import dev.lanegrad.training.metric.Accuracy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The samples of the page about training that print. */
final class TrainerSample {
  static final List<Runnable> PRINTING =
      List.of(
          TrainerSample::fit,
          TrainerSample::stopping,
          () -> inFolder(TrainerSample::resuming),
          () -> inFolder(TrainerSample::log),
          TrainerSample::nonFinite,
          () -> inFolder(TrainerSample::saving));

  private static final List<Dataset> PARTS = Points2d.moons(1_000, 0.1, 42).split(0.6, 0.2, 0.2);

  private TrainerSample() {}

  private static Sequential network() {
    var random = new SplittableRandom(1);
    return new Sequential(new Linear(2, 16, random), new Tanh(), new Linear(16, 2, random));
  }

  static void fit() {
    var model = network();
    var optimizer = new Optimizer(model.parameters(), new Adam(0.05));
    var training = new DataLoader(PARTS.get(0), 32).shuffled(42);
    var validation = new DataLoader(PARTS.get(1), 200);
    Trainer<Batch> trainer =
        Trainer.supervised(model, optimizer, Losses::crossEntropy).metrics(new Accuracy());
    History history = trainer.fit(training, validation, Limit.epochs(5));
    for (double accuracy : history.values("val_accuracy")) {
      System.out.printf(Locale.ROOT, "%.3f ", accuracy);
    }
    System.out.println();
    System.out.println(trainer.evaluate(new DataLoader(PARTS.get(2), 200)).value("accuracy"));
  }

  static void stopping() {
    var model = network();
    var optimizer = new Optimizer(model.parameters(), new Adam(0.05));
    var training = new DataLoader(PARTS.get(0), 32).shuffled(42);
    var validation = new DataLoader(PARTS.get(1), 200);
    var early = new EarlyStopping("val_loss").patience(3);
    Trainer<Batch> trainer =
        Trainer.supervised(model, optimizer, Losses::crossEntropy).callbacks(early);
    History history = trainer.fit(training, validation, Limit.epochs(200));
    System.out.println(history.values("val_loss").length + " epochs of 200");
  }

  /** A training of moons that keeps checkpoints, as far as a limit. */
  private static Sequential trained(Path folder, Limit limit) {
    var model = network();
    var optimizer = new Optimizer(model.parameters(), new Adam(0.05));
    var training = new DataLoader(PARTS.get(0), 32).shuffled(42);
    Trainer<Batch> trainer =
        Trainer.supervised(model, optimizer, Losses::crossEntropy)
            .checkpoints(new Checkpoints(folder).every(10));
    trainer.resume(); // false if there is no checkpoint yet
    trainer.fit(training, limit);
    return model;
  }

  static void resuming(Path folder) {
    trained(folder.resolve("a"), Limit.steps(30)); // in the midst of an epoch
    Sequential resumed = trained(folder.resolve("a"), Limit.epochs(4));
    Sequential atOnce = trained(folder.resolve("b"), Limit.epochs(4));
    Tensor x = PARTS.get(2).x();
    float[] expected = atOnce.forward(x).toFloatArray();
    System.out.println(Arrays.equals(expected, resumed.forward(x).toFloatArray()));
  }

  static void log(Path folder) {
    var model = network();
    var optimizer = new Optimizer(model.parameters(), new Adam(0.05));
    Trainer<Batch> trainer =
        Trainer.supervised(model, optimizer, Losses::crossEntropy)
            .callbacks(new CsvLog(folder.resolve("log.csv")));
    var validation = new DataLoader(PARTS.get(1), 200);
    trainer.fit(new DataLoader(PARTS.get(0), 32), validation, Limit.epochs(2));
    lines(folder.resolve("log.csv")).limit(1).forEach(System.out::println);
  }

  static void nonFinite() {
    Parameter w = Parameter.of("w", Tensor.of(1.0));
    var optimizer = new Optimizer(List.of(w), new SGD(1.0));
    Trainer<Batch> trainer =
        Trainer.of(
            x -> x.mul(w.tensor()),
            List.of(optimizer),
            (Batch batch) -> Outcome.of(w.tensor().log().sum()));
    try {
      trainer.fit(new DataLoader(PARTS.get(0), 32), Limit.steps(5));
    } catch (NonFiniteException e) {
      System.out.println(e.getMessage());
    }
  }

  static void saving(Path folder) {
    var model = network();
    Path path = folder.resolve("model.safetensors");
    Safetensors.write(model.stateDict(), path);
    System.out.println(Safetensors.read(path).tensors().keySet());
    var other = network();
    other.loadStateDict(Safetensors.read(path).tensors());
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a sample in a folder that is deleted afterwards. */
  static void inFolder(Consumer<Path> sample) {
    try {
      Path folder = Files.createTempDirectory("guide");
      sample.accept(folder);
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
