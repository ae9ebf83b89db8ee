package dev.lanegrad.examples.lectures.convolution;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.Seeds;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** The training loop as one writes it without a trainer. */
final class LoopByHand {
  private LoopByHand() {}

  /** Gives the validation loss after each epoch. */
  static double[] train(Layer model, Dataset training, Dataset validation) {
    Optimizer optimizer = TrainingLoop.optimizer(model);
    double[] losses = new double[TrainingLoop.EPOCHS];
    for (int epoch = 0; epoch < TrainingLoop.EPOCHS; epoch++) {
      int[] order = permutation(training.size(), Seeds.generator(TrainingLoop.SEED, epoch));
      for (int from = 0; from < order.length; from += TrainingLoop.BATCH) {
        int to = Math.min(from + TrainingLoop.BATCH, order.length);
        Dataset batch = training.select(Arrays.copyOfRange(order, from, to));
        Tensor loss = Losses.crossEntropy(model.forward(batch.x()), batch.y());
        optimizer.step(loss.backward());
      }
      losses[epoch] = loss(model, validation);
    }
    return losses;
  }

  /** Each order with the same probability: Fisher and Yates. */
  private static int[] permutation(int size, RandomGenerator random) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static double loss(Layer model, Dataset data) {
    return Autodiff.withoutGradient(
        () -> Losses.crossEntropy(model.forward(data.x()), data.y()).item());
  }
}
