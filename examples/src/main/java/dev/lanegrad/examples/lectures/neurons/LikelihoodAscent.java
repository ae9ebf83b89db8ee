package dev.lanegrad.examples.lectures.neurons;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.optim.SGD;
import dev.lanegrad.plots.Series;
import dev.lanegrad.training.Batch;
import dev.lanegrad.training.DataLoader;
import dev.lanegrad.training.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An ascent of the log-likelihood, and how high it was.
 *
 * @param name of the kind
 * @param examples that there are
 * @param batchSize examples for each step
 * @param model that it trained
 * @param heights the mean log-likelihood of all examples before the first step and after each
 */
record LikelihoodAscent(
    String name, int examples, int batchSize, Linear model, List<Double> heights) {
  static LikelihoodAscent of(String name, int batchSize, Dataset data, int epochs) {
    Linear model =
        new Linear(
            Parameter.of("weight", Tensor.zeros(DType.FLOAT64, 3, 2)),
            Parameter.of("bias", Tensor.zeros(DType.FLOAT64, 3)));
    Optimizer optimizer = new Optimizer(model.parameters(), new SGD(0.5).maximize());
    DataLoader loader = new DataLoader(data, batchSize).shuffled(1);
    List<Double> heights = new ArrayList<>(List.of(logLikelihood(model, data.x(), data.y())));
    for (int epoch = 0; epoch < epochs; epoch++) {
      for (Batch batch : loader.epoch(epoch)) {
        Tensor logLikelihood = Losses.crossEntropy(model.forward(batch.x()), batch.y()).neg();
        optimizer.step(logLikelihood.backward());
        heights.add(logLikelihood(model, data.x(), data.y()));
      }
    }
    return new LikelihoodAscent(name, data.size(), batchSize, model, heights);
  }

  private static double logLikelihood(Linear model, Tensor x, Tensor y) {
    return Autodiff.withoutGradient(() -> Losses.crossEntropy(model.forward(x), y)).neg().item();
  }

  int updatesPerEpoch() {
    return Math.ceilDiv(examples, batchSize);
  }

  double height(int epoch) {
    return heights.get(epoch * updatesPerEpoch());
  }

  /** How many steps went down. */
  long falls() {
    return IntStream.range(1, heights.size())
        .filter(i -> heights.get(i) < heights.get(i - 1))
        .count();
  }

  Series byEpoch() {
    double[] epochs = IntStream.range(0, heights.size()).mapToDouble(i -> i).toArray();
    for (int i = 0; i < epochs.length; i++) {
      epochs[i] /= updatesPerEpoch();
    }
    return new Series(name, epochs, heights.stream().mapToDouble(h -> h).toArray());
  }
}
