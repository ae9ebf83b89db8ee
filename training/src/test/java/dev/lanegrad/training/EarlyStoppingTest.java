package dev.lanegrad.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.optim.SGD;
import dev.lanegrad.training.metric.Accuracy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Stops when nothing becomes better, and gives the best weights back. */
class EarlyStoppingTest {
  private static final Layer MODEL = new Linear(2, 2, new SplittableRandom(1));

  private static Trainer<Batch> trainer(Layer model) {
    return Trainer.supervised(
            model, new Optimizer(model.parameters(), new SGD(0.1)), Losses::crossEntropy)
        .metrics(new Accuracy());
  }

  /** After how many of these reports it asks for a stop; -1 if never. */
  private static int stopsAfter(EarlyStopping stopping, double... values) {
    Trainer<Batch> trainer = trainer(MODEL);
    for (int i = 0; i < values.length; i++) {
      TrainerState state = new TrainerState(i, 0, 1, i, 9, 0, 0.1, trainer);
      SequencedMap<String, Double> reported = new LinkedHashMap<>();
      reported.put("val_loss", values[i]);
      reported.put("val_accuracy", values[i]);
      stopping.onReport(state, reported);
      if (trainer.run().stopReason() != null) {
        return i + 1;
      }
    }
    return -1;
  }

  @Test
  void countsReportsSinceTheBestSoFar() {
    assertEquals(5, stopsAfter(loss().patience(2), 5, 4, 3, 3.5, 3.2, 1));
    assertEquals(-1, stopsAfter(loss().patience(3), 5, 4, 3, 3.5, 3.2, 1));
    assertEquals(3, stopsAfter(loss().patience(2), 1, 1, 1));
    assertEquals(3, stopsAfter(accuracy().patience(2), 0.5, 0.4, 0.3, 0.9));
    assertEquals(-1, stopsAfter(accuracy().patience(2), 0.5, 0.6, 0.7, 0.8));
  }

  @Test
  void aGainMustBeLargeEnough() {
    assertEquals(3, stopsAfter(loss().patience(2).minDelta(0.5), 5, 4.6, 4.5, 4));
    assertEquals(-1, stopsAfter(loss().patience(2).minDelta(0.5), 5, 4.6, 4.4, 4));
  }

  @Test
  void nanIsNoGainAndAnythingIsBetterThanNan() {
    assertEquals(3, stopsAfter(loss().patience(2), 5, Double.NaN, Double.NaN, 1));
    assertEquals(-1, stopsAfter(loss().patience(2), Double.NaN, 5, 6));
  }

  @Test
  void earlyEpochsDoNotCount() {
    EarlyStopping stopping = loss().patience(2).fromEpoch(3);
    assertEquals(6, stopsAfter(stopping, 1, 2, 3, 4, 5, 6));
    assertEquals(4, stopping.best());
    assertEquals(3, stopping.bestEpoch());
  }

  private static EarlyStopping loss() {
    return new EarlyStopping("val_loss");
  }

  private static EarlyStopping accuracy() {
    return new EarlyStopping("val_accuracy");
  }

  /** A rate that grows makes the loss fall at first and rise later. */
  @Test
  void theBestWeightsComeBack() {
    Layer model = new Linear(2, 2, new SplittableRandom(1));
    List<String> weights = new ArrayList<>();
    EarlyStopping stopping = loss().patience(3);
    Trainer<Batch> trainer =
        trainer(model)
            .schedulePerEpoch(
                (epoch, _) -> {
                  SequencedMap<String, Double> settings = new LinkedHashMap<>();
                  settings.put("learningRate", epoch < 4 ? 0.1 : -0.0 + 40 * epoch);
                  return settings;
                })
            .callbacks(
                new Callback() {
                  @Override
                  public void onReport(TrainerState state, SequencedMap<String, Double> values) {
                    weights.add(Fingerprint.of(model.parameters()));
                  }
                },
                stopping);
    History history = trainer.fit(Small.loader(), Small.validation(), Limit.epochs(30));

    int best = stopping.bestEpoch();
    assertTrue(history.epochs() < 30, history::reason);
    assertTrue(history.reason().startsWith("val_loss has not become better"), history::reason);
    assertEquals(history.epochs(), best + 4);
    assertEquals(weights.get(best), Fingerprint.of(model.parameters()));
    assertNotEquals(weights.getLast(), Fingerprint.of(model.parameters()));
    assertEquals(best, history.best("val_loss", false).epoch());
    assertEquals(stopping.best(), trainer.evaluate(Small.validation()).loss());
  }

  @Test
  void refusesASeriesThatIsNotReported() {
    assertEquals(
        "trainer: there is no \"val_acc\", only loss and [accuracy], and those with val_ before",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    trainer(MODEL)
                        .callbacks(new EarlyStopping("val_acc"))
                        .fit(Small.loader(), Limit.epochs(1)))
            .getMessage());
    assertEquals(
        "earlyStopping: no \"val_loss\" was reported, only [loss, accuracy, learning_rate];"
            + " is there a validation set?",
        assertThrows(
                IllegalArgumentException.class,
                () -> trainer(MODEL).callbacks(loss()).fit(Small.loader(), Limit.epochs(1)))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> loss().patience(0));
    assertThrows(IllegalArgumentException.class, () -> loss().minDelta(Double.NaN));
  }

  @Test
  void remembersWhereItIs() {
    EarlyStopping before = loss().patience(3);
    assertEquals(-1, stopsAfter(before, 5, 4, 4.5, 4.4));
    EarlyStopping after = loss().patience(3);
    SequencedMap<String, Tensor> state = before.stateDict();
    after.loadStateDict(state);
    assertEquals(state.keySet(), after.stateDict().keySet());
    assertArrayEquals(new double[] {4, 1, 1, 2}, after.stateDict().get("best").toDoubleArray());
    assertEquals(1, stopsAfter(after, 4.3));
    assertThrows(IllegalArgumentException.class, () -> loss().loadStateDict(new LinkedHashMap<>()));
  }
}
