package dev.lanegrad.examples;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.examples.lectures.convolution.Mnist1dModel;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.training.Batch;
import dev.lanegrad.training.Batches;
import dev.lanegrad.training.Callback;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.Fingerprint;
import dev.lanegrad.training.Limit;
import dev.lanegrad.training.Metrics;
import dev.lanegrad.training.Trainer;
import dev.lanegrad.training.TrainerState;
import dev.lanegrad.training.data.Mnist1d;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Trains a model on MNIST-1D: cross entropy, Adam, batches in order, over and over.
 *
 * @param model which one
 * @param shuffled whether the positions of all examples are under one permutation
 * @param steps how many updates
 * @param seed of the initial weights
 * @param learningRate of Adam
 * @param batchSize examples a step
 */
record Mnist1dTraining(
    Mnist1dModel model,
    boolean shuffled,
    int steps,
    long seed,
    double learningRate,
    int batchSize) {
  private static final int STEPS_BETWEEN_REPORTS = 1_000;

  /**
   * Checks the settings.
   *
   * @throws SettingException saying which one does not fit
   */
  Mnist1dTraining {
    SettingException.checkAtLeastOne("--steps", steps);
    SettingException.checkLearningRate(learningRate);
    SettingException.unless(
        batchSize >= 1 && batchSize <= Mnist1d.TRAINING_EXAMPLES,
        String.format(
            Locale.ROOT,
            "--batch must be from 1 to %d, the training examples there are, not %d",
            Mnist1d.TRAINING_EXAMPLES,
            batchSize));
  }

  /**
   * Where a training stands.
   *
   * @param step updates done
   * @param loss of the last batch, before its update
   * @param trainAccuracy fraction of the 4,000 training examples
   * @param testAccuracy fraction of the 1,000 test examples
   * @param seconds since the first step began
   */
  record Report(int step, double loss, double trainAccuracy, double testAccuracy, double seconds) {}

  /**
   * A finished training.
   *
   * @param parameters numbers that were trained
   * @param last where it stands
   * @param weights the hash of the trained numbers
   */
  record Result(long parameters, Report last, String weights) {}

  /** Trains and reports every 1,000 steps and after the last. */
  Result run(Consumer<Report> listener) {
    return run(listener, new TrainingOptions(), "");
  }

  /**
   * Trains with options.
   *
   * @param name of this training among others, see {@link TrainingOptions#fit}
   */
  Result run(Consumer<Report> listener, TrainingOptions options, String name) {
    Mnist1d data = shuffled ? Mnist1d.shuffled() : Mnist1d.make();
    Dataset training = data.training(DType.FLOAT32);
    Dataset test = data.test(DType.FLOAT32);
    Layer layer = model.create(new SplittableRandom(seed));
    Trainer<Batch> trainer =
        Trainer.supervised(layer, options.optimizer(layer, learningRate), Losses::crossEntropy)
            .reportEvery(STEPS_BETWEEN_REPORTS);
    var reporter =
        new Callback() {
          private @Nullable Report last;

          @Override
          public void onReport(TrainerState state, SequencedMap<String, Double> values) {
            last =
                new Report(
                    Math.toIntExact(state.step()),
                    state.loss(),
                    accuracy(layer, training),
                    accuracy(layer, test),
                    state.seconds());
            mark(options, last);
            options.watch().clearLine();
            listener.accept(last);
          }
        };
    trainer.callbacks(reporter);
    options.fit(trainer, name, null, learningRate, inOrder(training), Limit.steps(steps));
    Report last = reporter.last != null ? reporter.last : resumed(trainer, layer, training, test);
    mark(options, last);
    return new Result(layer.parameterCount(), last, Fingerprint.of(layer.parameters()));
  }

  /** All batches, and in words what a checkpoint must not be mixed up with. */
  private Batches<Batch> inOrder(Dataset training) {
    List<Batch> batches = training.batches(batchSize);
    return Batches.made(
        String.format(
            Locale.ROOT,
            "MNIST-1D%s in batches of %d, weights of seed %d",
            shuffled ? " shuffled" : "",
            batchSize,
            seed),
        batches.size(),
        (_, number) -> batches.get(number));
  }

  private static void mark(TrainingOptions options, Report report) {
    options.mark("train accuracy", report.step(), report.trainAccuracy());
    options.mark("test accuracy", report.step(), report.testAccuracy());
  }

  /** Where a training stands that was done when it was resumed. */
  private static Report resumed(
      Trainer<Batch> trainer, Layer layer, Dataset training, Dataset test) {
    return new Report(
        Math.toIntExact(trainer.step()),
        trainer.history().last("loss"),
        accuracy(layer, training),
        accuracy(layer, test),
        trainer.history().seconds());
  }

  private static double accuracy(Layer layer, Dataset data) {
    return Autodiff.withoutGradient(() -> Metrics.accuracy(layer.forward(data.x()), data.y()));
  }
}
