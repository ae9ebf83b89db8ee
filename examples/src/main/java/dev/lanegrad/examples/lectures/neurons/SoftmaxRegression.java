package dev.lanegrad.examples.lectures.neurons;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.RandomKey;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.examples.lectures.PlanePoints;
import dev.lanegrad.plots.Axis;
import dev.lanegrad.plots.Curves;
import dev.lanegrad.plots.Regions;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** L1.6: softmax regression, by batch, stochastic and mini-batch gradient ascent. */
final class SoftmaxRegression {
  private static final int EXAMPLES = 150;
  private static final int EPOCHS = 12;

  private SoftmaxRegression() {}

  private static Dataset clouds() {
    int[] classes = IntStream.range(0, EXAMPLES).map(i -> i % 3).toArray();
    Tensor labels = Tensor.ofInts(classes);
    Tensor centres = Tensor.of(new double[][] {{-1.5, -1}, {1.5, -1}, {0, 1.6}});
    Tensor noise = new RandomKey(6).normal(DType.FLOAT64, EXAMPLES, 2).mul(0.9);
    return new Dataset(centres.indexSelect(0, labels).add(noise), labels);
  }

  static void run(Notebook notebook) {
    notebook.text(
        "With more than two classes there is a linear score for each, z = Wx + b, and the softmax"
            + " turns scores into probabilities: P(k | x) = e^(z_k) / Σ e^(z_j). They are positive"
            + " and add up to 1. The log-likelihood of the labels, Σ log P(y | x), is climbed by"
            + " gradient ascent, here as the mean over the examples.");
    Dataset data = clouds();
    LikelihoodAscent batch = LikelihoodAscent.of("batch", EXAMPLES, data, EPOCHS);
    LikelihoodAscent stochastic = LikelihoodAscent.of("stochastic", 1, data, EPOCHS);
    LikelihoodAscent mini = LikelihoodAscent.of("mini-batch", 15, data, EPOCHS);
    List<LikelihoodAscent> all = List.of(batch, stochastic, mini);
    double top = LikelihoodAscent.of("long", EXAMPLES, data, 1_500).heights().getLast();

    notebook.text(
        "Three ways to climb, on the same 150 points of three classes with the same rate 0.5: batch"
            + " ascent takes the gradient over all examples for one step, stochastic ascent takes a"
            + " step for each example, mini-batch ascent one for every 15. For an epoch, one look"
            + " at every example, all three compute as much.");
    table(notebook, data, all);
    notebook.number("mean log-likelihood at the start, -log 3", batch.height(0));
    notebook.number("at the top (1,500 steps of batch ascent)", top);
    notebook.claim("batch ascent rises in every step", batch.falls() == 0);
    notebook.claim(
        "stochastic ascent falls in many steps, mini-batch ascent in fewer",
        stochastic.falls() > 10 * mini.falls() && mini.falls() > 0);
    notebook.claim(
        "after one epoch stochastic and mini-batch ascent are higher than batch ascent",
        stochastic.height(1) > batch.height(1) && mini.height(1) > batch.height(1));
    notebook.claim(
        "after 12 epochs mini-batch ascent is the nearest to the top",
        mini.height(EPOCHS) > batch.height(EPOCHS)
            && mini.height(EPOCHS) > stochastic.height(EPOCHS));
    notebook.picture(
        "The three ascents side by side: smooth and slow, noisy and fast, and in between",
        Curves.of(
                "Batch, stochastic and mini-batch",
                all.stream().map(LikelihoodAscent::byEpoch).toList())
            .axes(Axis.linear("epoch"), Axis.linear("mean log-likelihood")));
    notebook.picture(
        "The most likely class, by the model of the mini-batch ascent",
        Regions.of(
                "Softmax regression",
                PlanePoints.classes(mini.model()),
                PlanePoints.around(data.x(), 0.5))
            .axes(Axis.linear("x1"), Axis.linear("x2"))
            .classes("class 0", "class 1", "class 2")
            .points(PlanePoints.byClass(data.x(), data.y(), "y = 0", "y = 1", "y = 2")));
    Tensor scores = mini.model().forward(data.x());
    notebook.claim(
        "the probabilities of each example add up to 1 (to 1e-12)",
        scores.softmax(1).sum(1).sub(1).abs().max().item() < 1e-12);
  }

  private static void table(Notebook notebook, Dataset data, List<LikelihoodAscent> all) {
    List<List<Object>> rows = new ArrayList<>();
    for (LikelihoodAscent ascent : all) {
      double accuracy = Metrics.accuracy(ascent.model().forward(data.x()), data.y());
      rows.add(
          List.of(
              ascent.name(),
              ascent.updatesPerEpoch(),
              ascent.height(1),
              ascent.height(EPOCHS),
              ascent.falls(),
              accuracy));
    }
    notebook.table(
        "Mean log-likelihood",
        List.of("ascent", "steps an epoch", "1 epoch", "12 epochs", "steps down", "accuracy"),
        rows);
  }
}
