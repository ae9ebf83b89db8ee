package dev.lanegrad.examples;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.training.Batch;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.Fingerprint;
import dev.lanegrad.training.Metrics;
import dev.lanegrad.training.data.Mnist1d;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Consumer;

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
    return run(listener, _ -> {});
  }

  /** Trains and reports every 1,000 steps and after the last, with a word each second between. */
  Result run(Consumer<Report> listener, Consumer<Progress> waiting) {
    Mnist1d data = shuffled ? Mnist1d.shuffled() : Mnist1d.make();
    Dataset training = data.training(DType.FLOAT32);
    Dataset test = data.test(DType.FLOAT32);
    List<Batch> batches = training.batches(batchSize);
    Layer layer = model.create(new SplittableRandom(seed));
    Optimizer optimizer = new Optimizer(layer.parameters(), new Adam(learningRate));

    long start = System.nanoTime();
    Pulse pulse = new Pulse(System::nanoTime);
    for (int step = 1; ; step++) {
      Batch batch = batches.get((step - 1) % batches.size());
      double loss = Autodiff.tidy(() -> step(layer, optimizer, batch));
      if (step % STEPS_BETWEEN_REPORTS == 0 || step == steps) {
        double trainAccuracy = accuracy(layer, training);
        double testAccuracy = accuracy(layer, test);
        double seconds = (System.nanoTime() - start) * 1e-9;
        Report report = new Report(step, loss, trainAccuracy, testAccuracy, seconds);
        listener.accept(report);
        pulse.beat();
        if (step == steps) {
          String weights = Fingerprint.of(layer.parameters());
          return new Result(layer.parameterCount(), report, weights);
        }
      } else if (pulse.isDue()) {
        double seconds = (System.nanoTime() - start) * 1e-9;
        waiting.accept(new Progress(Integer.toString(step), loss, seconds));
      }
    }
  }

  private static double step(Layer layer, Optimizer optimizer, Batch batch) {
    Tensor loss = Losses.crossEntropy(layer.forward(batch.x()), batch.y());
    optimizer.step(loss.backward());
    return loss.item();
  }

  private static double accuracy(Layer layer, Dataset data) {
    return Autodiff.withoutGradient(() -> Metrics.accuracy(layer.forward(data.x()), data.y()));
  }
}
