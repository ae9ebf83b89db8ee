package dev.lanegrad.examples.lectures.convolution;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.layers.ReLU;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.plots.Axis;
import dev.lanegrad.plots.Curves;
import dev.lanegrad.plots.Heatmap;
import dev.lanegrad.plots.Series;
import dev.lanegrad.training.Batch;
import dev.lanegrad.training.DataLoader;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.Fingerprint;
import dev.lanegrad.training.History;
import dev.lanegrad.training.Limit;
import dev.lanegrad.training.Metrics;
import dev.lanegrad.training.Trainer;
import dev.lanegrad.training.data.Points2d;
import dev.lanegrad.training.metric.Accuracy;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Epochs, mini-batches, shuffling, a validation set: the loop by hand, and by a trainer. */
final class TrainingLoop {
  static final int EPOCHS = 30;
  static final int BATCH = 25;
  static final long SEED = 42;
  private static final List<String> CLASSES = List.of("0", "1", "2");

  private TrainingLoop() {}

  static Layer network() {
    var random = new SplittableRandom(SEED);
    return new Sequential(
        new Linear(2, 32, random),
        new ReLU(),
        new Linear(32, 32, random),
        new ReLU(),
        new Linear(32, 3, random));
  }

  static void run(Notebook notebook) {
    List<Dataset> parts = Points2d.spirals(900, 3, 0.03, SEED).split(2.0 / 3, 1.0 / 3);
    Dataset training = parts.getFirst();
    Dataset validation = parts.getLast();
    notebook.text(
        String.format(
            Locale.ROOT,
            "A step uses the gradient of a mini-batch, here of %d examples: a rough estimate of the"
                + " gradient of all, but there are many of them in the time of one. An epoch is one"
                + " pass over the training set, in a new random order each time, so that a batch is"
                + " a fair sample. After each epoch the loss on the validation set, which no step"
                + " has used, says what the network is worth on new examples.",
            BATCH));
    Layer byHand = network();
    double[] losses = LoopByHand.train(byHand, training, validation);
    notebook.text(
        "A Trainer is the same loop with reports, metrics, checkpoints and callbacks around it."
            + " Since the order of each epoch comes from the seed and the number of the epoch, and"
            + " all arithmetic is defined to the bit, it ends with the same weights.");
    Layer trained = network();
    Trainer<Batch> trainer =
        Trainer.supervised(trained, optimizer(trained), Losses::crossEntropy)
            .metrics(new Accuracy());
    History history =
        trainer.fit(
            new DataLoader(training, BATCH).shuffled(SEED),
            new DataLoader(validation, validation.size()),
            Limit.epochs(EPOCHS));
    notebook.number("epochs", EPOCHS);
    notebook.number("mini-batches in an epoch", Math.ceilDiv(training.size(), BATCH));
    notebook.number("steps", (double) history.steps());
    notebook.number("validation loss of the loop by hand", losses[EPOCHS - 1]);
    notebook.number("validation loss of the trainer", history.last("val_loss"));
    notebook.claim(
        "the loop by hand and the trainer end with the same weights, to the bit",
        Fingerprint.of(byHand.parameters()).equals(Fingerprint.of(trained.parameters())));
    notebook.number("validation accuracy in %", 100 * history.last("val_accuracy"));
    notebook.claim(
        "the validation accuracy is above 90 %, from a third by chance",
        history.last("val_accuracy") > 0.9);
    show(notebook, history, trained, validation);
    MiniBatches.run(notebook, training, validation);
  }

  static Optimizer optimizer(Layer model) {
    return new Optimizer(model.parameters(), new Adam(0.01));
  }

  private static void show(Notebook notebook, History history, Layer model, Dataset validation) {
    notebook.picture(
        "Learning curves: both losses fall, and the gap that opens is what was learned by heart",
        Curves.of(
                "Three spirals",
                Series.ofSteps("training", history.values("loss")),
                Series.ofSteps("validation", history.values("val_loss")))
            .axes(Axis.linear("epoch"), Axis.logarithmic("cross entropy")));
    Tensor confusion = Metrics.confusionMatrix(model.forward(validation.x()), validation.y());
    notebook.picture(
        "Confusion matrix of the validation set: what is off the diagonal is wrong",
        Heatmap.of("Confusion matrix", Pixels.of(confusion))
            .rows("class", CLASSES)
            .columns("answer", CLASSES));
  }
}
