package dev.lanegrad.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.optim.Averaging;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.optim.SGD;
import dev.lanegrad.optim.schedule.ReduceLROnPlateau;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What a trainer does with gradients, rates and weights where it is asked to. */
class TrainerSettingsTest {
  @Test
  void accumulatedBatchesCountAsOne() {
    Layer one = new Linear(2, 2, new SplittableRandom(1));
    Layer many = new Linear(2, 2, new SplittableRandom(1));
    Dataset data = Small.TRAINING.slice(0, 80);
    Trainer.supervised(one, Small.adam(one), Losses::crossEntropy)
        .fit(new DataLoader(data, 40), Limit.epochs(1));
    Trainer<Batch> trainer =
        Trainer.supervised(many, Small.adam(many), Losses::crossEntropy).accumulate(4);
    trainer.fit(new DataLoader(data, 10), Limit.epochs(1));

    assertEquals(2, trainer.step());
    assertArrayEquals(numbers(one), numbers(many), 1e-6);
  }

  /** 6 batches, 4 an update: the second takes the 2 that are left. */
  @Test
  void anEpochsEndMakesAnUpdateOfWhatIsLeft() {
    List<Integer> seen = new ArrayList<>();
    Trainer<Batch> trainer = Small.trainer(Small.model(1)).accumulate(4);
    trainer.callbacks(
        new Callback() {
          @Override
          public void onStep(TrainerState state) {
            seen.add(state.batch());
          }
        });
    trainer.fit(Small.loader(), Limit.epochs(2));
    assertEquals(List.of(4, 6, 4, 6), seen);
  }

  private static double[] numbers(Layer model) {
    return model.parameters().stream()
        .flatMapToDouble(p -> java.util.Arrays.stream(p.tensor().toDoubleArray()))
        .toArray();
  }

  @Test
  void clipsTheNormOfAllGradientsTogether() {
    double[] norms = new double[2];
    for (int i = 0; i < 2; i++) {
      double[] norm = new double[1];
      Trainer<Batch> trainer = Small.trainer(Small.model(1));
      if (i == 1) {
        trainer.clipNorm(0.01);
      }
      trainer.callbacks(
          new Callback() {
            @Override
            public void onGradients(TrainerState state, Gradients gradients) {
              norm[0] = gradients.norm();
            }
          });
      trainer.fit(Small.loader(), Limit.steps(1));
      norms[i] = norm[0];
    }
    assertTrue(norms[0] > 0.05, "norm " + norms[0]);
    assertEquals(0.01, norms[1], 1e-6);
  }

  @Test
  void clipsEachElement() {
    List<Double> largest = new ArrayList<>();
    Layer model = Small.model(1);
    Small.trainer(model)
        .clipValue(0.001)
        .callbacks(
            new Callback() {
              @Override
              public void onGradients(TrainerState state, Gradients gradients) {
                model.parameters().forEach(p -> largest.add(gradients.of(p).abs().max().item()));
              }
            })
        .fit(Small.loader(), Limit.steps(1));
    assertEquals(0.001, largest.stream().max(Double::compare).orElseThrow(), 1e-9);
  }

  @Test
  void schedulesCountUpdatesOrEpochs() {
    List<Double> rates = new ArrayList<>();
    Callback watch =
        new Callback() {
          @Override
          public void onStep(TrainerState state) {
            rates.add(state.learningRate());
          }
        };
    Small.trainer(Small.model(1))
        .schedule((step, start) -> rate(start.get("learningRate") / (1 + step)))
        .callbacks(watch)
        .fit(Small.loader(), Limit.steps(3));
    Small.trainer(Small.model(1))
        .schedulePerEpoch((epoch, _) -> rate((double) epoch))
        .callbacks(watch)
        .fit(Small.loader(), Limit.steps(8));
    assertEquals(List.of(0.05, 0.025, 0.05 / 3, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0), rates);
  }

  /** The averages are what is validated and kept; the training itself goes on with its own. */
  @Test
  void averagesStandInForWeightsInReports() {
    Layer model = Small.model(7);
    List<String> reported = new ArrayList<>();
    EarlyStopping best = new EarlyStopping("val_loss").patience(100);
    Trainer<Batch> trainer =
        Small.trainer(model)
            .average(Averaging.exponential(0.9))
            .callbacks(
                new Callback() {
                  @Override
                  public void onReport(TrainerState state, SequencedMap<String, Double> values) {
                    reported.add(Fingerprint.of(model.parameters()));
                  }
                });
    History history = trainer.fit(Small.loader(), Small.validation(), Limit.epochs(4));
    assertEquals(Small.bareLoop(4), Fingerprint.of(model.parameters()));
    trainer.averages().swap();
    assertEquals(reported.getLast(), Fingerprint.of(model.parameters()));
    assertEquals(history.last("val_loss"), trainer.evaluate(Small.validation()).loss());

    Layer other = Small.model(7);
    Small.trainer(other)
        .average(Averaging.exponential(0.9))
        .callbacks(best)
        .fit(Small.loader(), Small.validation(), Limit.epochs(4));
    assertEquals(reported.get(best.bestEpoch()), Fingerprint.of(other.parameters()));
    assertThrows(IllegalStateException.class, Small.trainer(other)::averages);
  }

  /** With a loss that cannot fall, each report but the first is a bad one. */
  @Test
  void aPlateauLowersTheRate() {
    Layer model = new Linear(2, 2, new SplittableRandom(1));
    Trainer<Batch> trainer =
        Trainer.supervised(
                model, new Optimizer(model.parameters(), new SGD(1e-9)), Losses::crossEntropy)
            .plateau(
                new ReduceLROnPlateau(
                    ReduceLROnPlateau.Options.DEFAULT.withPatience(1).withEpsilon(0)),
                "val_loss");
    History history = trainer.fit(Small.loader(), Small.validation(), Limit.epochs(6));
    assertArrayEquals(
        new double[] {1e-9, 1e-9, 1e-9, 1e-10, 1e-10, 1e-11},
        history.values("learning_rate"),
        1e-16);
    assertThrows(
        IllegalArgumentException.class, () -> trainer.fit(Small.loader(), Limit.epochs(7)));
  }

  private static SequencedMap<String, Double> rate(double rate) {
    SequencedMap<String, Double> settings = new LinkedHashMap<>();
    settings.put("learningRate", rate);
    return settings;
  }
}
