package dev.lanegrad.examples.lectures.convolution;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.plots.Bars;
import dev.lanegrad.training.Batches;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.Limit;
import dev.lanegrad.training.data.Mnist1d;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/** MNIST-1D: the table of its authors beside what the same models reach here. */
final class PublishedTable {
  private static final int STEPS = 1_000;
  private static final int BATCH = 100;

  private PublishedTable() {}

  /** What it reaches here. */
  private record Reached(PublishedAccuracy published, double ordered, double shuffled) {
    List<Object> row() {
      return List.of(
          published.title(),
          published.ofNotebook(),
          ordered,
          published.ofNotebookShuffled(),
          shuffled);
    }
  }

  static void run(Notebook notebook) {
    notebook.text(
        "MNIST-1D (Greydanus and Kobak) is small enough to train on in seconds and still tells"
            + " architectures apart: the signals have an order and are shifted at random. With one"
            + " permutation of the 40 positions for all signals, the same numbers are there but"
            + " neighbours are not, and what knows of neighbours loses what it gained.");
    notebook.text(
        String.format(
            Locale.ROOT,
            "The authors train by Adam at 0.01 with batches of %d in order, for 6,000 steps; here"
                + " it is the same for %,d, which leaves some points to the MLP and the CNN. ./run"
                + " mnist1d --model all trains for 6,000 steps, in some minutes, and with"
                + " --shuffled it does so with the positions shuffled.",
            BATCH,
            STEPS));
    List<Reached> all =
        PublishedAccuracy.TABLE.stream()
            .map(
                each ->
                    new Reached(
                        each,
                        accuracy(each.model(), Mnist1d.make()),
                        accuracy(each.model(), Mnist1d.shuffled())))
            .toList();
    all.forEach(reached -> show(notebook, reached));
    notebook.table(
        "test accuracy in % beside what the authors' notebook stores",
        List.of("model", "notebook", "here", "notebook, shuffled", "here, shuffled"),
        all.stream().map(Reached::row).toList());
    Map<String, Map<String, Double>> bars = new LinkedHashMap<>();
    bars.put("ordered", heights(all, Reached::ordered));
    bars.put("shuffled", heights(all, Reached::shuffled));
    notebook.picture(
        "Test accuracy with the positions in order and shuffled",
        new Bars("MNIST-1D", "test accuracy in %", bars));
    claims(notebook, all.get(0), all.get(1), all.get(2), all.get(3));
  }

  private static void show(Notebook notebook, Reached reached) {
    PublishedAccuracy published = reached.published;
    String title = published.title();
    double parameters = (double) published.model().create(new SplittableRandom(1)).parameterCount();
    notebook.number(title + ", parameters", published.parameters(), parameters);
    notebook.number(title + ", test accuracy in %", published.ordered(), reached.ordered);
    notebook.number(title + ", shuffled", published.shuffled(), reached.shuffled);
  }

  private static Map<String, Double> heights(List<Reached> all, ToDoubleFunction<Reached> height) {
    Map<String, Double> heights = new LinkedHashMap<>();
    all.forEach(each -> heights.put(each.published.title(), height.applyAsDouble(each)));
    return heights;
  }

  private static void claims(
      Notebook notebook, Reached logistic, Reached mlp, Reached cnn, Reached gru) {
    notebook.claim(
        "CNN and GRU are 20 points ahead of the MLP",
        Math.min(cnn.ordered, gru.ordered) >= mlp.ordered + 20);
    notebook.claim(
        "the MLP is 20 points ahead of the logistic regression",
        mlp.ordered >= logistic.ordered + 20);
    for (Reached each : List.of(logistic, mlp)) {
      notebook.claim(
          "shuffled positions change the " + each.published.title() + " by 4 points at most",
          Math.abs(each.ordered - each.shuffled) <= 4);
    }
    for (Reached each : List.of(cnn, gru)) {
      notebook.claim(
          "shuffled positions cost the " + each.published.title() + " 20 points at least",
          each.shuffled <= each.ordered - 20);
    }
  }

  private static double accuracy(Mnist1dModel model, Mnist1d data) {
    Layer layer = model.create(new SplittableRandom(42));
    Dataset training = data.training(DType.FLOAT32);
    Training.trainer(layer, new Adam(0.01))
        .fit(Batches.of(training.batches(BATCH)), Limit.steps(STEPS));
    return Training.accuracy(layer, data.test(DType.FLOAT32));
  }
}
