package dev.lanegrad.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.layers.Mode;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.optim.LBFGS;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.optim.SGD;
import dev.lanegrad.training.metric.Accuracy;
import dev.lanegrad.training.metric.MAE;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The loop: what it does, in which order, and that it does nothing else. */
class TrainerTest {
  @Test
  void givesTheBitsOfALoopByHand() {
    Layer model = Small.model(7);
    Trainer<Batch> trainer = Small.trainer(model).metrics(new Accuracy());
    History history = trainer.fit(Small.loader(), Small.validation(), Limit.epochs(4));

    assertEquals(Small.bareLoop(4), Fingerprint.of(model.parameters()));
    assertEquals(24, history.steps());
    assertEquals(4, history.epochs());
    assertEquals("4 epochs are done", history.reason());
    assertEquals(
        List.of("loss", "accuracy", "val_loss", "val_accuracy", "learning_rate"),
        List.copyOf(history.series().keySet()));
    assertArrayEquals(new double[] {6, 12, 18, 24}, history.steps("val_loss"));
    assertTrue(history.last("loss") < history.values("loss")[0], history::toString);
  }

  @Test
  void goesOnWhereItStopped() {
    Layer model = Small.model(7);
    Trainer<Batch> trainer = Small.trainer(model);
    assertEquals("5 steps are done", trainer.fit(Small.loader(), Limit.steps(5)).reason());
    assertEquals(5, trainer.step());
    trainer.fit(Small.loader(), Limit.epochs(4));
    assertEquals(Small.bareLoop(4), Fingerprint.of(model.parameters()));
    assertEquals(24, trainer.fit(Small.loader(), Limit.epochs(4)).steps());
    assertEquals(24, trainer.step());
  }

  @Test
  void theFirstLimitCounts() {
    Limit limit = Limit.epochs(3).or(Limit.steps(7)).or(Limit.time(Duration.ofHours(1)));
    assertEquals(7, Small.trainer(Small.model(1)).fit(Small.loader(), limit).steps());

    History none = Small.trainer(Small.model(1)).fit(Small.loader(), Limit.time(Duration.ZERO));
    assertEquals("PT0S have passed", none.reason());
    assertEquals(0, none.steps());
    assertThrows(IllegalArgumentException.class, () -> Limit.epochs(-1));
  }

  /**
   * A model's loss over examples, not over batches: the last of 10 counts less than those of 16.
   */
  @Test
  void theLossIsAMeanOverExamples() {
    Layer model = new Linear(2, 2, new SplittableRandom(1));
    Trainer<Batch> trainer =
        Trainer.supervised(
                model, new Optimizer(model.parameters(), new SGD(0)), Losses::crossEntropy)
            .metrics(new Accuracy());
    double all = Losses.crossEntropy(model.forward(Small.TRAINING.x()), Small.TRAINING.y()).item();
    History history = trainer.fit(Small.loader(), Small.loader(), Limit.epochs(1));
    Evaluation evaluation = trainer.evaluate(Small.loader());

    assertEquals(all, history.last("loss"), 1e-6);
    assertEquals(all, history.last("val_loss"), 1e-6);
    assertEquals(all, evaluation.loss(), 1e-6);
    double accuracy = Metrics.accuracy(model.forward(Small.TRAINING.x()), Small.TRAINING.y());
    assertEquals(accuracy, evaluation.value("accuracy"));
    assertEquals(accuracy, history.last("accuracy"));
    assertEquals(
        "evaluation: there is no metric \"f1\", only loss and [accuracy]",
        assertThrows(IllegalArgumentException.class, () -> evaluation.value("f1")).getMessage());
  }

  @Test
  void callbacksAreToldInOrder() {
    List<String> told = new ArrayList<>();
    Callback callback =
        new Callback() {
          @Override
          public void onStart(TrainerState state) {
            told.add("start " + state.step() + " of " + state.steps());
          }

          @Override
          public void onGradients(TrainerState state, Gradients gradients) {
            told.add("gradients " + state.step());
          }

          @Override
          public void onStep(TrainerState state) {
            told.add(
                String.format(
                    Locale.ROOT, "step %d: %d/%d", state.step(), state.batch(), state.batches()));
          }

          @Override
          public void onReport(TrainerState state, SequencedMap<String, Double> values) {
            told.add("report " + values.keySet());
          }

          @Override
          public void onEpochEnd(TrainerState state) {
            told.add("epoch " + state.epoch());
          }

          @Override
          public void onEnd(TrainerState state) {
            told.add("end: " + state.history().reason());
          }
        };
    Small.trainer(Small.model(1))
        .callbacks(callback)
        .fit(new DataLoader(Small.TRAINING, 45), Limit.epochs(1));
    assertEquals(
        List.of(
            "start 0 of 2",
            "gradients 0",
            "step 1: 1/2",
            "gradients 1",
            "step 2: 2/2",
            "report [loss, learning_rate]",
            "epoch 0",
            "end: 1 epochs are done"),
        told);
  }

  @Test
  void aCallbackStopsItAndOneThatThrowsEndsItForAll() {
    Callback stopping =
        new Callback() {
          @Override
          public void onStep(TrainerState state) {
            if (state.step() == 3) {
              state.stop("enough");
            }
          }
        };
    History history =
        Small.trainer(Small.model(1)).callbacks(stopping).fit(Small.loader(), Limit.epochs(9));
    assertEquals("enough", history.reason());
    assertEquals(3, history.steps());
    assertArrayEquals(new double[] {3}, history.steps("loss"));

    List<String> ends = new ArrayList<>();
    Callback throwing =
        new Callback() {
          @Override
          public void onStep(TrainerState state) {
            throw new IllegalStateException("no more");
          }
        };
    Callback last =
        new Callback() {
          @Override
          public void onEnd(TrainerState state) {
            ends.add(state.history().reason());
          }
        };
    Trainer<Batch> trainer = Small.trainer(Small.model(1)).callbacks(throwing, last);
    assertThrows(IllegalStateException.class, () -> trainer.fit(Small.loader(), Limit.epochs(1)));
    assertEquals(List.of("an exception"), ends);
  }

  @Test
  void reportsEveryFewStepsAndAfterTheLast() {
    History history =
        Small.trainer(Small.model(1)).reportEvery(4).fit(Small.loader(), Limit.steps(10));
    assertArrayEquals(new double[] {4, 8, 10}, history.steps("loss"));
    assertEquals(1, history.points("loss").getLast().epoch());
  }

  /** Two inputs of different shapes, as a record of one's own. */
  private record Pair(Tensor left, Tensor right, Tensor target) {}

  @Test
  void aStepTakesWhateverABatchIs() {
    var random = new SplittableRandom(1);
    Linear left = new Linear(3, 1, random);
    Linear right = new Linear(2, 1, random);
    Layer both = new Sequential(left, right);
    Batches<Pair> pairs =
        Batches.made(
            "pairs",
            5,
            (epoch, number) -> {
              var own = Seeds.generator(1, epoch, number);
              Tensor a = Tensor.normal(own, dev.lanegrad.autodiff.DType.FLOAT32, 8, 3);
              Tensor b = Tensor.normal(own, dev.lanegrad.autodiff.DType.FLOAT32, 8, 2);
              return new Pair(a, b, a.sumKeeping(1).sub(b.sumKeeping(1)));
            });
    Trainer<Pair> trainer =
        Trainer.<Pair>of(
                both,
                List.of(
                    new Optimizer(left.parameters(), new Adam(0.1)),
                    new Optimizer(right.parameters(), new SGD(0.1))),
                pair -> {
                  Tensor output = left.forward(pair.left).add(right.forward(pair.right));
                  Tensor loss = Losses.meanSquaredError(output, pair.target);
                  return Outcome.of(loss, output, pair.target);
                })
            .metrics(new MAE());
    trainer.fit(pairs, Limit.epochs(40));
    assertTrue(trainer.evaluate(pairs).value("mae") < 0.05, () -> trainer.history().toString());
    assertEquals(Shape.of(40, 1), trainer.predict(pairs).shape());
  }

  /** Each of two losses with an optimizer of its own, in turn. */
  @Test
  void aStepByHandMakesItsOwnUpdates() {
    Linear model = new Linear(2, 2, new SplittableRandom(1));
    Optimizer optimizer = new Optimizer(model.parameters(), new SGD(0.1));
    Trainer<Batch> trainer =
        Trainer.byHand(
            model,
            List.of(optimizer),
            batch -> {
              Tensor loss = Losses.crossEntropy(model.forward(batch.x()), batch.y());
              optimizer.step(loss.backward());
              return loss.item();
            },
            null);
    History history = trainer.fit(Small.loader(), Limit.epochs(3));
    assertTrue(history.last("loss") < history.values("loss")[0]);
    assertThrows(IllegalArgumentException.class, () -> trainer.clipNorm(1));
    assertThrows(IllegalArgumentException.class, () -> trainer.evaluate(Small.loader()));
  }

  /** The whole set is one batch: logistic regression is done in a few iterations. */
  @Test
  void anOptimizerMayComputeTheLossItself() {
    Linear model = new Linear(2, 2, new SplittableRandom(1));
    Batches<Batch> all = Batches.of(Small.TRAINING.batches(90));
    Trainer<Batch> trainer =
        Trainer.<Batch>closure(
                model,
                new LBFGS(model.parameters()),
                batch -> {
                  Tensor output = model.forward(batch.x());
                  Tensor loss = Losses.crossEntropy(output, batch.y());
                  return Outcome.of(loss, output, batch.y());
                })
            .metrics(new Accuracy());
    History history = trainer.fit(all, Small.validation(), Limit.steps(5));
    assertEquals(
        List.of("loss", "val_loss", "val_accuracy"), List.copyOf(history.series().keySet()));
    assertTrue(history.last("loss") < 0.5 * history.values("loss")[0], history::toString);
  }

  @Test
  void evaluatesInEvaluationAndGoesBack() {
    Layer model = Small.model(1);
    Trainer<Batch> trainer = Small.trainer(model);
    double first = trainer.evaluate(Small.validation()).loss();
    assertEquals(first, trainer.evaluate(Small.validation()).loss());
    assertTrue(modes(model).getFirst().isTraining());
    model.eval();
    trainer.predict(Small.validation());
    assertFalse(modes(model).getFirst().isTraining());
    assertEquals(Fingerprint.of(Small.model(1).parameters()), Fingerprint.of(model.parameters()));
  }

  private static List<Mode> modes(Layer model) {
    return model.children().stream()
        .map(child -> child.layer().mode())
        .filter(java.util.Objects::nonNull)
        .toList();
  }

  @Test
  void trialsLeaveEverythingAsItWas() {
    Layer model = Small.model(7);
    Trainer<Batch> trainer = Small.trainer(model).metrics(new Accuracy());
    History overfit = trainer.overfit(Small.loader(), 200);
    assertTrue(overfit.last("loss") < overfit.values("loss")[0] / 2, overfit::toString);
    assertEquals(2, trainer.dryRun(Small.loader(), Small.validation()).steps());
    Trainer<Batch> accumulating = Small.trainer(model).accumulate(3);
    assertEquals(2, accumulating.dryRun(Small.loader(), Small.validation()).steps());
    trainer.fit(Small.loader(), Limit.epochs(4));
    assertEquals(Small.bareLoop(4), Fingerprint.of(model.parameters()));
  }

  @Test
  void refusesWhatDoesNotFit() {
    Layer model = Small.model(1);
    Trainer<Batch> trainer = Small.trainer(model).metrics(new Accuracy());
    assertThrows(IllegalArgumentException.class, () -> trainer.metrics(new Accuracy()));
    assertThrows(IllegalArgumentException.class, () -> trainer.accumulate(0));
    assertThrows(IllegalArgumentException.class, () -> trainer.reportEvery(0));
    assertThrows(IllegalArgumentException.class, () -> trainer.clipNorm(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> trainer.clipValue(0));
    assertThrows(IllegalStateException.class, trainer::resume);
    assertThrows(IllegalArgumentException.class, () -> trainer.history().points("los"));

    Trainer<Batch> vector =
        new Trainer<>(model, Small.adam(model), batch -> model.forward(batch.x()).sum(1));
    assertEquals(
        "trainer: the loss of a batch is one number, not [16]; take its mean or sum",
        assertThrows(ShapeException.class, () -> vector.fit(Small.loader(), Limit.steps(1)))
            .getMessage());
    Trainer<Batch> lossOnly =
        new Trainer<Batch>(model, Small.adam(model), batch -> model.forward(batch.x()).mean())
            .metrics(new Accuracy());
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> lossOnly.fit(Small.loader(), Limit.steps(1)))
            .getMessage();
    assertTrue(message.startsWith("trainer: metrics [accuracy] compare an output"), message);
  }

  @Test
  void oneSeedDecidesEverything() {
    String once = seeded(5);
    assertEquals(once, seeded(5));
    assertNotEquals(once, seeded(6));
  }

  private static String seeded(long seed) {
    Layer model = Small.model(seed);
    DataLoader loader = new DataLoader(Small.TRAINING, 16).shuffled(seed);
    Small.trainer(model).fit(loader, Limit.epochs(2));
    return Fingerprint.of(model.parameters());
  }
}
