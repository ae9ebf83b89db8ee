package dev.lanegrad.examples.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.training.Batch;
import dev.lanegrad.training.DataLoader;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.History;
import dev.lanegrad.training.Trainer;
import dev.lanegrad.training.data.Points2d;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples of trainings do what they say. */
class TrainingSampleTest {
  private static final Dataset MOONS = Points2d.moons(200, 0.1, 1);

  @TempDir private Path folder;

  @Test
  void theReadmesTrainingLearnsAndIsResumed() {
    TrainingSample.Trained trained = TrainingSample.moons(folder);
    assertTrue(trained.accuracy() > 0.97, trained::toString);
    assertTrue(Files.exists(folder.resolve("log.csv")));
    TrainingSample.Trained again = TrainingSample.moons(folder);
    assertEquals(trained.history().series(), again.history().series());
    assertEquals(trained.accuracy(), again.accuracy());
  }

  @Test
  void thoseOfTheJavadocRun() {
    Layer model = new Linear(2, 2, new SplittableRandom(1));
    Optimizer optimizer = new Optimizer(model.parameters(), new Adam(0.01));
    DataLoader loader = new DataLoader(MOONS, 50).shuffled(1);
    History history = TrainingSample.train(model, optimizer, loader, loader);
    assertTrue(history.last("loss") < history.values("loss")[0], history::toString);
    assertEquals(
        history.best("val_accuracy", true).value(), TrainingSample.accuracyOf(model, MOONS), 0.05);
    Trainer<Batch> trainer = Trainer.supervised(model, optimizer, Losses::crossEntropy);
    double rate = TrainingSample.findRate(trainer, optimizer, loader);
    assertTrue(rate > 1e-6 && rate < 10, "rate " + rate);
    assertTrue(TrainingSample.checkpoints(trainer, folder, loader, loader));
  }
}
