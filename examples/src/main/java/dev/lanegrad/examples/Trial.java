package dev.lanegrad.examples;

import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.layers.ReLU;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.optim.AdamW;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.training.Batch;
import dev.lanegrad.training.DataLoader;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.Evaluation;
import dev.lanegrad.training.Limit;
import dev.lanegrad.training.NonFiniteException;
import dev.lanegrad.training.Trainer;
import dev.lanegrad.training.data.Mnist1d;
import dev.lanegrad.training.metric.Accuracy;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One training of a network with a hidden layer on MNIST-1D, to see what its hyper-parameters are
 * worth.
 *
 * @param number among the trials, from 1
 * @param chosen what is tried
 * @param steps updates
 * @param seed of weights and order, the same in all trials
 */
record Trial(int number, HyperParameters chosen, int steps, long seed) {
  private static final int BATCH = 100;
  private static final int EVALUATION_BATCH = 500;

  /**
   * What came out.
   *
   * @param model after the training; null if numbers did not stay finite
   * @param loss mean of the validation set; infinite if there is no model
   * @param accuracy fraction of the validation set
   */
  record Result(Trial trial, @Nullable Layer model, double loss, double accuracy) {
    /** Of equal accuracies the one with the smaller loss is better, and of equals the first. */
    boolean isBetterThan(Result other) {
      return accuracy != other.accuracy ? accuracy > other.accuracy : loss < other.loss;
    }
  }

  /** Trains on one set and looks at another. */
  Result run(Dataset training, Dataset validation) {
    SplittableRandom random = new SplittableRandom(seed);
    Layer model =
        new Sequential(
            new Linear(Mnist1d.LENGTH, chosen.hidden(), random),
            new ReLU(),
            new Linear(chosen.hidden(), Mnist1d.CLASSES, random));
    AdamW rule = new AdamW(chosen.learningRate()).withWeightDecay(chosen.weightDecay());
    Trainer<Batch> trainer = trainer(model, rule);
    try {
      trainer.fit(new DataLoader(training, BATCH).shuffled(seed), Limit.steps(steps));
    } catch (NonFiniteException e) {
      return new Result(this, null, Double.POSITIVE_INFINITY, 0);
    }
    Evaluation evaluation = evaluate(model, validation);
    return new Result(this, model, evaluation.loss(), evaluation.value("accuracy"));
  }

  private static Trainer<Batch> trainer(Layer model, AdamW rule) {
    return Trainer.supervised(model, new Optimizer(model.parameters(), rule), Losses::crossEntropy);
  }

  static Evaluation evaluate(Layer model, Dataset data) {
    return trainer(model, new AdamW())
        .metrics(new Accuracy())
        .evaluate(new DataLoader(data, EVALUATION_BATCH));
  }
}
