package dev.lanegrad.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.BatchNorm1d;
import dev.lanegrad.layers.Dropout;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.optim.SGD;
import dev.lanegrad.training.metric.MAE;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** NaN and infinity are noticed before they do harm, and where they began is named. */
class NonFiniteTest {
  /** The third batch has a negative number, of which there is no logarithm. */
  private static final List<Batch> BATCHES = new ArrayList<>();

  static {
    var random = new SplittableRandom(1);
    for (int i = 0; i < 5; i++) {
      Tensor x = Tensor.uniform(random, DType.FLOAT32, 1, 2, 8, 3);
      Tensor odd = i == 2 ? x.mul(0).sub(1) : x;
      BATCHES.add(new Batch(odd, x.sumKeeping(1)));
    }
  }

  /** Dropout and running statistics, then a logarithm of what comes in. */
  private static Layer model() {
    var random = new SplittableRandom(1);
    return new Sequential(
        Tensor::log,
        new Linear(3, 4, random),
        new BatchNorm1d(4),
        new Dropout(0.3, random),
        new Linear(4, 1, random));
  }

  private static Trainer<Batch> trainer(Layer model) {
    return Trainer.supervised(
        model, new Optimizer(model.parameters(), new SGD(0.01)), Losses::meanSquaredError);
  }

  private static String all(Layer model) {
    List<Parameter> numbers = new ArrayList<>(model.parameters());
    numbers.addAll(model.namedBuffers().values());
    return Fingerprint.of(numbers);
  }

  private static String after(List<Batch> batches, NonFinite action) {
    Layer model = model();
    trainer(model).onNonFinite(action).fit(Batches.of(batches), Limit.epochs(1));
    return all(model);
  }

  @Test
  void stopsAndNamesTheFirstOperation() {
    Layer model = model();
    Trainer<Batch> trainer = trainer(model);
    String message =
        assertThrows(
                NonFiniteException.class, () -> trainer.fit(Batches.of(BATCHES), Limit.epochs(1)))
            .getMessage();
    assertTrue(message.startsWith("step 2: the loss is NaN; it began where log"), message);
    assertEquals(after(BATCHES.subList(0, 2), NonFinite.STOP), all(model));
    assertEquals(2, trainer.step());
  }

  @Test
  void skipsAsIfTheBatchWereNotThere() {
    List<Batch> without = new ArrayList<>(BATCHES);
    without.remove(2);
    List<String> said =
        listen(
            () -> assertEquals(after(without, NonFinite.IGNORE), after(BATCHES, NonFinite.SKIP)));
    assertEquals(1, said.size(), said::toString);
    assertTrue(said.getFirst().endsWith("; the step is left out"), said.getFirst());
  }

  /** Statistics count once, and the masks of dropout are those of a run without a look. */
  @Test
  void warnsOnceAndChangesNothing() {
    List<String> said =
        listen(
            () -> assertEquals(after(BATCHES, NonFinite.IGNORE), after(BATCHES, NonFinite.WARN)));
    assertEquals(1, said.size(), said::toString);
    assertTrue(said.getFirst().contains("it began where log"), said.getFirst());
  }

  private static List<String> listen(Runnable action) {
    List<String> said = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord message) {
            said.add(message.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("dev.lanegrad.training");
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    try {
      action.run();
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
    }
    return said;
  }

  /** sqrt at 0 has a finite value and an infinite slope. */
  @Test
  void aGradientIsNamedByItsParameterAndItsRule() {
    Linear model = new Linear(3, 1, new SplittableRandom(1));
    Trainer<Batch> trainer =
        new Trainer<>(
            model,
            new Optimizer(model.parameters(), new SGD(0.01)),
            batch -> model.forward(batch.x()).mul(0).sqrt().sum());
    String before = all(model);
    String message =
        assertThrows(
                NonFiniteException.class, () -> trainer.fit(Batches.of(BATCHES), Limit.epochs(1)))
            .getMessage();
    assertTrue(message.startsWith("step 0: there is NaN in the gradient of \"weight\""), message);
    assertTrue(message.contains("it began where the reverse rule of sqrt"), message);
    assertEquals(before, all(model));
  }

  @Test
  void aStepThatChangesParametersIsNotRunAgain() {
    Linear model = new Linear(3, 1, new SplittableRandom(1));
    Parameter weight = model.weight();
    Trainer<Batch> trainer =
        new Trainer<>(
            model,
            new Optimizer(model.parameters(), new SGD(0.01)),
            batch -> {
              weight.assign(weight.tensor().mul(2));
              return model.forward(batch.x()).mul(0).log().sum();
            });
    float[] doubled = weight.tensor().mul(2).toFloatArray();
    String message =
        assertThrows(
                NonFiniteException.class, () -> trainer.fit(Batches.of(BATCHES), Limit.epochs(1)))
            .getMessage();
    assertTrue(
        message.startsWith(
            "step 0: the loss is -Infinity; the step cannot be run again to see where it began:"
                + " assign: parameter \"weight\""),
        message);
    assertArrayEquals(doubled, weight.tensor().toFloatArray());
  }

  /** One element of many, in float64 too. */
  @Test
  void largeGradientsAreLookedAtAsSmallOnesAre() {
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      for (int inputs : new int[] {1, 7, 1_024, 1_025, 5_000}) {
        Linear model = new Linear(inputs, 1, dtype, new SplittableRandom(1));
        Parameter weight = model.parameters().getFirst();
        Trainer<Batch> trainer =
            new Trainer<>(
                model,
                new Optimizer(model.parameters(), new SGD(0.1)),
                _ -> weight.tensor().slice(1, inputs - 1, inputs).mul(0).sqrt().sum());
        String message =
            assertThrows(
                    NonFiniteException.class,
                    () -> trainer.fit(Batches.of(BATCHES), Limit.steps(1)))
                .getMessage();
        assertTrue(message.contains("there is NaN in the gradient of \"weight\""), message);
      }
    }
  }

  @Test
  void aParameterThatAnUpdateMadeIsNamed() {
    Linear model = new Linear(3, 1, new SplittableRandom(1));
    Optimizer optimizer = new Optimizer(model.parameters(), new SGD(1e38));
    Trainer<Batch> trainer = Trainer.supervised(model, optimizer, Losses::meanSquaredError);
    String message =
        assertThrows(
                NonFiniteException.class,
                () -> trainer.fit(Batches.of(BATCHES.subList(0, 2)), Limit.epochs(2)))
            .getMessage();
    assertTrue(message.contains("parameter \"weight\""), message);
    assertTrue(message.contains("Infinity"), message);
  }

  @Test
  void skippingPutsBackWhatAnUpdateOverflowed() {
    Linear model = new Linear(3, 1, new SplittableRandom(1));
    Optimizer optimizer = new Optimizer(model.parameters(), new SGD(1e38));
    String before = all(model);
    List<String> said =
        listen(
            () ->
                Trainer.supervised(model, optimizer, Losses::meanSquaredError)
                    .onNonFinite(NonFinite.SKIP)
                    .fit(Batches.of(BATCHES.subList(0, 1)), Limit.steps(1)));
    assertEquals(before, all(model));
    assertEquals(
        List.of("step 0: the update gave Infinity in parameter \"weight\"; the step is left out"),
        said);
  }

  @Test
  void aBatchThatHoldsNanIsNamed() {
    Linear model = new Linear(3, 1, new SplittableRandom(1));
    Batch bad = new Batch(BATCHES.getFirst().x().div(0), BATCHES.getFirst().y());
    Trainer<Batch> trainer =
        Trainer.supervised(
            model, new Optimizer(model.parameters(), new SGD(0.1)), Losses::meanSquaredError);
    String message =
        assertThrows(
                NonFiniteException.class,
                () -> trainer.fit(Batches.of(List.of(bad)), Limit.epochs(1)))
            .getMessage();
    assertTrue(message.endsWith("; there is Infinity in x of the batch"), message);
  }

  @Test
  void amongAccumulatedBatchesTheBadOneIsFound() {
    Layer model = model();
    Trainer<Batch> trainer = trainer(model).accumulate(5);
    String before = all(model);
    String message =
        assertThrows(
                NonFiniteException.class, () -> trainer.fit(Batches.of(BATCHES), Limit.epochs(1)))
            .getMessage();
    assertTrue(message.contains("it began where log"), message);
    assertEquals(before, all(model));
  }

  @Test
  void lookingCostsNoBitAndSkippingNoneEither() {
    List<Batch> good = BATCHES.subList(0, 2);
    assertEquals(after(good, NonFinite.IGNORE), after(good, NonFinite.STOP));
    assertEquals(after(good, NonFinite.IGNORE), after(good, NonFinite.SKIP));
    assertNotEquals(after(good, NonFinite.IGNORE), after(BATCHES, NonFinite.IGNORE));
  }

  /** What is left out is not counted in the report. */
  @Test
  void theReportIsOfWhatWasLearned() {
    double[] losses = new double[2];
    listen(
        () -> {
          Layer model = model();
          Trainer<Batch> trainer = trainer(model).metrics(new MAE()).onNonFinite(NonFinite.SKIP);
          losses[0] = trainer.fit(Batches.of(BATCHES), Limit.epochs(1)).last("loss");
          losses[1] = trainer.history().last("mae");
        });
    assertTrue(Double.isFinite(losses[0]), "loss " + losses[0]);
    assertTrue(Double.isFinite(losses[1]), "mae " + losses[1]);
  }
}
