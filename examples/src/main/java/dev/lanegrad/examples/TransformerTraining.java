package dev.lanegrad.examples;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Embedding;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.LayerNorm;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.layers.PositionalEncoding;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.layers.TransformerEncoderLayer;
import dev.lanegrad.training.Batch;
import dev.lanegrad.training.Batches;
import dev.lanegrad.training.Callback;
import dev.lanegrad.training.History;
import dev.lanegrad.training.Limit;
import dev.lanegrad.training.Metrics;
import dev.lanegrad.training.Seeds;
import dev.lanegrad.training.Trainer;
import dev.lanegrad.training.TrainerState;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Trains a small encoder on sequences that are made as they are needed: cross entropy, Adam with a
 * rate that rises over the first tenth of the steps and then falls to 0 in a straight line.
 *
 * @param task what to learn
 * @param length digits in a sequence
 * @param steps how many updates
 * @param seed of the initial weights and the sequences
 * @param learningRate of Adam at its height
 * @param batchSize sequences a step
 */
record TransformerTraining(
    SequenceTask task, int length, int steps, long seed, double learningRate, int batchSize) {
  private static final int STEPS_BETWEEN_REPORTS = 100;
  private static final int TEST_SEQUENCES = 1_000;
  private static final double RISING_PART = 0.1;

  private static final int FEATURES = 32;
  private static final int HEADS = 4;
  private static final int WIDTH = 64;

  /**
   * Checks the settings.
   *
   * @throws SettingException saying which one does not fit
   */
  TransformerTraining {
    SettingException.checkAtLeastOne("--length", length);
    SettingException.checkAtLeastOne("--steps", steps);
    SettingException.checkLearningRate(learningRate);
    SettingException.checkAtLeastOne("--batch", batchSize);
  }

  /**
   * Where a training stands.
   *
   * @param step updates done
   * @param loss of the last batch, before its update
   * @param digits fraction of the digits of new sequences that are right
   * @param sequences fraction of the new sequences of which every digit is right
   * @param seconds since the first step began
   */
  record Report(int step, double loss, double digits, double sequences, double seconds) {}

  /**
   * A finished training.
   *
   * @param layer the trained model
   * @param last where it stands
   */
  record Result(Layer layer, Report last) {}

  /** Two encoder layers between an embedding and a linear layer: [n, length] to scores. */
  Sequential model(RandomGenerator random) {
    return new Sequential(
        new Embedding(SequenceTask.WORDS, FEATURES, random),
        new PositionalEncoding(length, FEATURES),
        encoder(random),
        encoder(random),
        new LayerNorm(DType.FLOAT32, FEATURES),
        new Linear(FEATURES, SequenceTask.WORDS, random));
  }

  private static Layer encoder(RandomGenerator random) {
    return new TransformerEncoderLayer(FEATURES, HEADS, WIDTH, 0, DType.FLOAT32, random)
        .withNormFirst();
  }

  /** Trains the encoder. */
  Result run(Consumer<Report> listener) {
    return run(model(new SplittableRandom(seed)), listener, new TrainingOptions());
  }

  /** Trains the encoder with options. */
  Result run(Consumer<Report> listener, TrainingOptions options) {
    return run(model(new SplittableRandom(seed)), listener, options);
  }

  /** Trains any model of sequences, and reports every 100 steps and after the last. */
  Result run(Layer layer, Consumer<Report> listener) {
    return run(layer, listener, new TrainingOptions());
  }

  private Result run(Layer layer, Consumer<Report> listener, TrainingOptions options) {
    Trainer<Batch> trainer =
        Trainer.supervised(layer, options.optimizer(layer, learningRate), Losses::crossEntropy)
            .reportEvery(STEPS_BETWEEN_REPORTS);
    Batch test = task.batch(TEST_SEQUENCES, length, Seeds.generator(seed, 0));
    var reporter =
        new Callback() {
          private @Nullable Report last;

          @Override
          public void onReport(TrainerState state, SequencedMap<String, Double> values) {
            last = report(state.step(), state.loss(), layer, test, state.seconds());
            mark(options, last);
            options.watch().clearLine();
            listener.accept(last);
          }
        };
    trainer.callbacks(reporter);
    options.fit(trainer, "", this::rateAt, learningRate, sequences(), Limit.steps(steps));
    History history = trainer.history();
    Report last =
        reporter.last != null
            ? reporter.last
            : report(trainer.step(), history.last("loss"), layer, test, history.seconds());
    mark(options, last);
    return new Result(layer, last);
  }

  private static void mark(TrainingOptions options, Report report) {
    options.mark("right digits", report.step(), report.digits());
    options.mark("right sequences", report.step(), report.sequences());
  }

  /** New sequences for each update. */
  private Batches<Batch> sequences() {
    return Batches.made(
        String.format(
            Locale.ROOT, "%d sequences of %d digits to %s, seed %d", batchSize, length, task, seed),
        STEPS_BETWEEN_REPORTS,
        (epoch, number) -> {
          int step = epoch * STEPS_BETWEEN_REPORTS + number + 1;
          return task.batch(batchSize, length, Seeds.generator(seed, step));
        });
  }

  private SequencedMap<String, Double> rateAt(long step, SequencedMap<String, Double> start) {
    SequencedMap<String, Double> settings = new LinkedHashMap<>();
    settings.put("learningRate", learningRate * height(step + 1));
    return settings;
  }

  private double height(long step) {
    double rising = RISING_PART * steps;
    return Math.min(step / rising, (steps - step + 1) / (steps - rising));
  }

  private static Report report(long step, double loss, Layer layer, Batch test, double seconds) {
    Tensor scores = Autodiff.withoutGradient(() -> layer.forward(test.x()));
    Tensor flat = scores.reshape(-1, SequenceTask.WORDS);
    double digits = Metrics.accuracy(flat, test.y().flatten());
    Tensor right = scores.argmax(-1).equal(test.y()).cast(DType.FLOAT32);
    double sequences = right.min(1).mean().item();
    return new Report(Math.toIntExact(step), loss, digits, sequences, seconds);
  }
}
