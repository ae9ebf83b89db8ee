package dev.lanegrad.examples.lectures.convolution;

import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.optim.Rule;
import dev.lanegrad.optim.SGD;
import dev.lanegrad.training.Batch;
import dev.lanegrad.training.DataLoader;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.Evaluation;
import dev.lanegrad.training.Limit;
import dev.lanegrad.training.Trainer;
import dev.lanegrad.training.metric.Accuracy;

/** Training of classifiers, where it is not what a lecture is about: cross entropy by batches. */
final class Training {
  private static final int BATCH = 50;
  private static final int EVALUATION_BATCH = 500;

  private Training() {}

  /** A trainer of all parameters of a model. */
  static Trainer<Batch> trainer(Layer model, Rule rule) {
    return Trainer.supervised(model, new Optimizer(model.parameters(), rule), Losses::crossEntropy);
  }

  /** The examples in batches of 50, in a new order each epoch. */
  static DataLoader shuffled(Dataset data, long seed) {
    return new DataLoader(data, BATCH).shuffled(seed);
  }

  /** The model after so many steps. */
  static <L extends Layer> L trained(L model, Rule rule, Dataset data, int steps, long seed) {
    trainer(model, rule).fit(shuffled(data, seed), Limit.steps(steps));
    return model;
  }

  /** The mean loss. */
  static double loss(Layer model, Dataset data) {
    return evaluation(model, data).loss();
  }

  /** How many of a hundred examples get their largest score for their own class. */
  static double accuracy(Layer model, Dataset data) {
    return 100 * evaluation(model, data).value("accuracy");
  }

  private static Evaluation evaluation(Layer model, Dataset data) {
    return trainer(model, new SGD())
        .metrics(new Accuracy())
        .evaluate(new DataLoader(data, EVALUATION_BATCH));
  }
}
