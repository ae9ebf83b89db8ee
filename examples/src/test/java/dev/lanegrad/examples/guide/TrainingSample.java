package dev.lanegrad.examples.guide;

import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.layers.Tanh;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.optim.schedule.CosineAnnealingLR;
import dev.lanegrad.training.Batch;
import dev.lanegrad.training.Batches;
import dev.lanegrad.training.Checkpoints;
import dev.lanegrad.training.DataLoader;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.EarlyStopping;
import dev.lanegrad.training.History;
import dev.lanegrad.training.LearningRateFinder;
import dev.lanegrad.training.Limit;
import dev.lanegrad.training.Trainer;
import dev.lanegrad.training.data.Points2d;
import dev.lanegrad.training.log.CsvLog;
import dev.lanegrad.training.log.ProgressDisplay;
import dev.lanegrad.training.log.TensorBoardLog;
import dev.lanegrad.training.metric.Accuracy;
import dev.lanegrad.training.metric.Tally;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** The README's and the Javadoc's samples of trainings; the test runs each. */
final class TrainingSample {
  private TrainingSample() {}

  /** What a training ends with. */
  record Trained(History history, double accuracy) {}

  static Trained moons(Path folder) {
    var random = new SplittableRandom(1);
    var model = new Sequential(new Linear(2, 16, random), new Tanh(), new Linear(16, 2, random));
    var optimizer = new Optimizer(model.parameters(), new Adam(0.05));
    List<Dataset> parts = Points2d.moons(1_000, 0.1, 42).split(0.6, 0.2, 0.2);
    var training = new DataLoader(parts.get(0), 32).shuffled(42);
    var validation = new DataLoader(parts.get(1), 200);
    Trainer<Batch> trainer =
        Trainer.supervised(model, optimizer, Losses::crossEntropy)
            .metrics(new Accuracy())
            .schedule(new CosineAnnealingLR(20L * training.batches()))
            .callbacks(
                new EarlyStopping("val_loss").patience(5),
                new ProgressDisplay(),
                new CsvLog(folder.resolve("log.csv")),
                new TensorBoardLog(folder.resolve("runs")))
            .checkpoints(new Checkpoints(folder.resolve("checkpoints")).every(100));
    trainer.resume(); // where a killed or stopped run was, bit for bit; false if there was none
    History history = trainer.fit(training, validation, Limit.epochs(20));
    double accuracy = trainer.evaluate(new DataLoader(parts.get(2), 200)).value("accuracy");
    return new Trained(history, accuracy);
  }

  static History train(
      Layer model, Optimizer optimizer, Batches<Batch> training, Batches<Batch> validation) {
    Trainer<Batch> trainer =
        Trainer.supervised(model, optimizer, Losses::crossEntropy)
            .metrics(new Accuracy())
            .callbacks(new EarlyStopping("val_loss").patience(3));
    History history = trainer.fit(training, validation, Limit.epochs(20));
    return history;
  }

  static boolean checkpoints(
      Trainer<Batch> trainer, Path folder, Batches<Batch> training, Batches<Batch> validation) {
    trainer.checkpoints(
        new Checkpoints(folder).every(1_000).every(Duration.ofMinutes(10)).keepBest("val_loss"));
    trainer.resume(); // goes on where the newest one ends, bit for bit; false if there is none
    trainer.fit(training, validation, Limit.epochs(20));
    return !new Checkpoints(folder).list().isEmpty();
  }

  static double findRate(Trainer<Batch> trainer, Optimizer optimizer, Batches<Batch> training) {
    LearningRateFinder.Sweep sweep = new LearningRateFinder().sweep(trainer, training);
    optimizer.setLearningRate(sweep.suggestion());
    return optimizer.learningRate();
  }

  static double accuracyOf(Layer model, Dataset test) {
    Tally accuracy = new Accuracy().start();
    for (Batch batch : test.batches(500)) {
      accuracy.add(model.forward(batch.x()), batch.y());
    }
    double value = accuracy.value();
    return value;
  }
}
