package dev.lanegrad.examples.lectures.convolution;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Conv2d;
import dev.lanegrad.layers.Flatten;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.layers.MaxPool2d;
import dev.lanegrad.layers.ReLU;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.plots.Axis;
import dev.lanegrad.plots.Curves;
import dev.lanegrad.plots.Heatmap;
import dev.lanegrad.plots.Networks;
import dev.lanegrad.plots.Series;
import dev.lanegrad.training.DataLoader;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.History;
import dev.lanegrad.training.Limit;
import dev.lanegrad.training.Metrics;
import dev.lanegrad.training.Trainer;
import dev.lanegrad.training.data.StrokeDigits;
import dev.lanegrad.training.metric.Accuracy;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A small convolutional network learns its kernels; they are looked at. */
final class LearnedKernels {
  private static final int KERNELS = 8;
  private static final int EPOCHS = 6;
  private static final List<String> DIGITS =
      IntStream.range(0, StrokeDigits.CLASSES).mapToObj(Integer::toString).toList();

  private LearnedKernels() {}

  /** [n, 1, 28, 28] -> [n, 10]. */
  private static Sequential network() {
    SplittableRandom random = new SplittableRandom(1);
    return new Sequential(
        new Conv2d(1, KERNELS, 5, random).padding(2), // 28 x 28
        new ReLU(),
        new MaxPool2d(2), // 14 x 14
        new Conv2d(KERNELS, 16, 3, random).padding(1),
        new ReLU(),
        new MaxPool2d(2), // 7 x 7
        new Flatten(),
        new Linear(16 * 7 * 7, StrokeDigits.CLASSES, random));
  }

  static void run(Notebook notebook) {
    notebook.text(
        "Nobody has to invent the kernels: they are weights like others, and the gradient finds"
            + " them. Two convolutions with eight kernels of 5 x 5 and sixteen of 3 x 3, each"
            + " followed by a ReLU and the largest of 2 x 2 pixels, learn to read 3,000 drawn"
            + " digits; 1,000 others are the test.");
    Dataset training = StrokeDigits.make(3_000, 1);
    Dataset test = StrokeDigits.make(1_000, 2);
    Sequential model = network();
    Tensor before = kernels(model);
    notebook.svg("The network and its shapes", Networks.toSvg(model, test.x().slice(0, 0, 1)));
    notebook.number("parameters", (double) model.parameterCount());
    notebook.number("test accuracy in % before the training", Training.accuracy(model, test));
    History history =
        Trainer.supervised(
                model, new Optimizer(model.parameters(), new Adam(0.003)), Losses::crossEntropy)
            .metrics(new Accuracy())
            .fit(
                new DataLoader(training, 50).shuffled(1),
                new DataLoader(test, 500),
                Limit.epochs(EPOCHS));
    notebook.number("test accuracy in % after it", 100 * history.last("val_accuracy"));
    notebook.claim(
        "the network reads nine of ten new digits at least", history.last("val_accuracy") >= 0.9);
    Tensor after = kernels(model);
    double moved = after.sub(before).square().sum().sqrt().item();
    double length = before.square().sum().sqrt().item();
    notebook.number("how far the first kernels moved, in parts of their length", moved / length);
    notebook.claim("the first kernels moved by half of their length at least", moved >= length / 2);
    notebook.picture(
        "Cross entropy and accuracy by epoch",
        Curves.of(
                "Learning curves",
                Series.ofSteps("training loss", history.values("loss")),
                Series.ofSteps("test loss", history.values("val_loss")),
                Series.ofSteps("test accuracy", history.values("val_accuracy")))
            .axes(Axis.linear("epoch"), Axis.linear("loss, accuracy")));
    KernelPictures.kernels(notebook, before, after);
    KernelPictures.maps(notebook, new Sequential(model.layers().subList(0, 2)), test);
    Tensor scores = Autodiff.withoutGradient(() -> model.forward(test.x()));
    notebook.picture(
        "Confusion matrix of the test digits",
        Heatmap.of("Confusion matrix", Pixels.of(Metrics.confusionMatrix(scores, test.y())))
            .rows("digit", DIGITS)
            .columns("answer", DIGITS));
  }

  /** Those of the first layer: [8, 1, 5, 5]. */
  private static Tensor kernels(Sequential model) {
    return Objects.requireNonNull(model.stateDict().get("0.weight"));
  }
}
