package dev.lanegrad.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.optim.SGD;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A sweep over rates that ends where the loss explodes and leaves no trace. */
class LearningRateFinderTest {
  private static Trainer<Batch> trainer(Layer model) {
    return Trainer.supervised(
        model, new Optimizer(model.parameters(), new SGD(0.05)), Losses::crossEntropy);
  }

  @Test
  void suggestsARateThatLearns() {
    Layer model = Small.model(1);
    Trainer<Batch> trainer = trainer(model);
    LearningRateFinder.Sweep sweep =
        new LearningRateFinder(1e-4, 1e6, 150).sweep(trainer, Small.loader());
    List<LearningRateFinder.Point> points = sweep.points();

    assertEquals(1e-4, points.getFirst().rate());
    assertEquals(1e-4 * Math.pow(1e10, 1 / 149.0), points.get(1).rate(), 1e-12);
    assertTrue(points.size() < 150, () -> points.size() + " points");
    assertTrue(
        sweep.suggestion() > 1e-2 && sweep.suggestion() < 30, () -> "rate " + sweep.suggestion());
    double best = points.stream().mapToDouble(LearningRateFinder.Point::smoothed).min().orElse(0);
    assertTrue(points.getLast().smoothed() <= 4 * best);

    assertEquals(Fingerprint.of(Small.model(1).parameters()), Fingerprint.of(model.parameters()));
    assertEquals(0.05, trainer.learningRate());
    assertEquals(0, trainer.step());
    Layer other = Small.model(1);
    trainer(other).fit(Small.loader(), Limit.epochs(1));
    trainer.fit(Small.loader(), Limit.epochs(1));
    assertEquals(Fingerprint.of(other.parameters()), Fingerprint.of(model.parameters()));
  }

  @Test
  void refusesRatesThatExplodeAtOnce() {
    assertThrows(IllegalArgumentException.class, () -> new LearningRateFinder(1, 0.1, 100));
    assertThrows(IllegalArgumentException.class, () -> new LearningRateFinder(1e-7, 1, 5));
    Layer model = Small.model(1);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new LearningRateFinder(1e30, 1e38, 30).sweep(trainer(model), Small.loader()))
            .getMessage();
    assertTrue(message.endsWith("begin at a lower rate than 1.0E30"), message);
    assertEquals(Fingerprint.of(Small.model(1).parameters()), Fingerprint.of(model.parameters()));
  }
}
