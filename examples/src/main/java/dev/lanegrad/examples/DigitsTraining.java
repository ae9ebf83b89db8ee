package dev.lanegrad.examples;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.optim.schedule.Schedule;
import dev.lanegrad.training.Batch;
import dev.lanegrad.training.Batches;
import dev.lanegrad.training.Callback;
import dev.lanegrad.training.DataException;
import dev.lanegrad.training.DataLoader;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.History;
import dev.lanegrad.training.Limit;
import dev.lanegrad.training.Metrics;
import dev.lanegrad.training.Trainer;
import dev.lanegrad.training.TrainerState;
import dev.lanegrad.training.data.Mnist;
import dev.lanegrad.training.data.StrokeDigits;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Trains a model on pictures of 28 x 28: cross entropy, Adam with a rate that falls to 0 in a
 * straight line, batches in a new order each epoch.
 *
 * @param model which one
 * @param epochs how often every example is used
 * @param seed of the initial weights and the order
 * @param learningRate of Adam in the first step
 * @param batchSize examples a step
 */
record DigitsTraining(
    DigitsModel model, int epochs, long seed, double learningRate, int batchSize) {
  /** Examples of a test that are looked at together. */
  private static final int TEST_BATCH = 500;

  private static final String TEST_ACCURACY = "test accuracy";

  /**
   * Checks the settings.
   *
   * @throws SettingException saying which one does not fit
   */
  DigitsTraining {
    SettingException.checkAtLeastOne("--epochs", epochs);
    SettingException.checkLearningRate(learningRate);
    SettingException.checkAtLeastOne("--batch", batchSize);
  }

  /**
   * Examples to train on and to test on.
   *
   * @param name what they are
   */
  record Data(String name, Dataset training, Dataset test) {
    private static final int TRAINING_EXAMPLES = 10_000;
    private static final int TEST_EXAMPLES = 2_000;

    /** Digits that are made. */
    static Data made() {
      return new Data(
          "digits made of strokes",
          StrokeDigits.make(TRAINING_EXAMPLES, 1),
          StrokeDigits.make(TEST_EXAMPLES, 2));
    }

    /**
     * The files of MNIST or Fashion-MNIST in a folder.
     *
     * @throws DataException if they are not there or hold something else
     */
    static Data read(Path folder) {
      Data data = new Data(folder.toString(), Mnist.training(folder), Mnist.test(folder));
      checkDigits(folder, data.training);
      checkDigits(folder, data.test);
      return data;
    }

    private static void checkDigits(Path folder, Dataset data) {
      Shape shape = data.x().shape();
      int size = DigitsModel.SIZE;
      if (!shape.equals(Shape.of(Math.max(data.size(), 1), 1, size, size))) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: pictures of %d x %d are needed, not %s",
                folder,
                size,
                size,
                shape));
      }
    }
  }

  /**
   * Where a training stands.
   *
   * @param epoch how many are done
   * @param loss mean of its batches, each before its update
   * @param testAccuracy fraction of the test examples
   * @param seconds since the first step began
   */
  record Report(int epoch, double loss, double testAccuracy, double seconds) {}

  /**
   * A finished training.
   *
   * @param layer the trained model
   * @param last where it stands
   * @param confusion of the test examples, [label, answer]
   */
  record Result(Sequential layer, Report last, Tensor confusion) {}

  /** Trains and reports after every epoch. */
  Result run(Data data, Consumer<Report> listener) {
    return run(data, listener, new TrainingOptions());
  }

  /** Trains with options. */
  Result run(Data data, Consumer<Report> listener, TrainingOptions options) {
    Sequential layer = model.create(new SplittableRandom(seed));
    Trainer<Batch> trainer =
        Trainer.supervised(layer, options.optimizer(layer, learningRate), Losses::crossEntropy);
    var reporter =
        new Callback() {
          private @Nullable Result last;

          @Override
          public void onReport(TrainerState state, SequencedMap<String, Double> values) {
            last = result(layer, data, state.epoch() + 1, trainer.history(), state.seconds());
            options.mark(TEST_ACCURACY, state.step(), last.last().testAccuracy());
            options.watch().clearLine();
            listener.accept(last.last());
          }
        };
    trainer.callbacks(reporter);
    Batches<Batch> batches = fromOne(new DataLoader(data.training(), batchSize).shuffled(seed));
    long steps = (long) epochs * batches.batches();
    options.fit(trainer, "", falling(steps), learningRate, batches, Limit.epochs(epochs));
    Result last =
        reporter.last != null
            ? reporter.last
            : result(layer, data, epochs, trainer.history(), trainer.history().seconds());
    options.mark(TEST_ACCURACY, trainer.step(), last.last().testAccuracy());
    return last;
  }

  private static Result result(
      Sequential layer, Data data, int epoch, History history, double seconds) {
    Tensor scores = scores(layer, data.test());
    double accuracy = Metrics.accuracy(scores, data.test().y());
    return new Result(
        layer,
        new Report(epoch, history.last("loss"), accuracy, seconds),
        Metrics.confusionMatrix(scores, data.test().y()));
  }

  /** To 0 in a straight line, multiplied before it is divided. */
  private Schedule falling(long steps) {
    return (step, _) -> {
      SequencedMap<String, Double> settings = new LinkedHashMap<>();
      settings.put("learningRate", learningRate * (steps - step) / steps);
      return settings;
    };
  }

  /** The orders of a loader from its epoch 1 on, those that the published weights come from. */
  private static Batches<Batch> fromOne(DataLoader loader) {
    return new Batches<>() {
      @Override
      public int batches() {
        return loader.batches();
      }

      @Override
      public Iterable<Batch> epoch(int epoch, int from) {
        return loader.epoch(epoch + 1, from);
      }

      @Override
      public String description() {
        return loader.description();
      }
    };
  }

  private static Tensor scores(Layer layer, Dataset data) {
    return Autodiff.withoutGradient(
        () ->
            Tensor.concat(
                0,
                data.batches(TEST_BATCH).stream()
                    .map(batch -> Autodiff.tidy(() -> layer.forward(batch.x())))
                    .toList()));
  }
}
