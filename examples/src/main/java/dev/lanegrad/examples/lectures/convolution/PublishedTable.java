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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** MNIST-1D: the table of its authors beside what the same models reach here. */
final class PublishedTable {
  private static final int FULL = 6_000;
  private static final int SHORT = 1_000;
  private static final int BATCH = 100;

  private PublishedTable() {}

  /**
   * Test accuracies in percent as published.
   *
   * @param ordered in the README of the data set
   * @param shuffled there, with the positions shuffled
   * @param ofNotebook what the notebook of the repository stores
   * @param ofNotebookShuffled there, with the positions shuffled
   */
  private record Published(
      Mnist1dModel model,
      String title,
      String ordered,
      String shuffled,
      double ofNotebook,
      double ofNotebookShuffled) {}

  private static final List<Published> TABLE =
      List.of(
          new Published(Mnist1dModel.LINEAR, "logistic regression", "32", "32", 31.5, 31.5),
          new Published(Mnist1dModel.MLP, "MLP", "68", "68", 65.1, 66.0),
          new Published(Mnist1dModel.CNN, "CNN", "94", "56", 92.3, 58.7),
          new Published(Mnist1dModel.GRU, "GRU", "91", "57", 89.1, 53.3));

  /** A thousand steps of each model. */
  static void run(Notebook notebook) {
    run(notebook, SHORT);
  }

  /** The 6,000 steps of the authors. */
  static void runFull(Notebook notebook) {
    run(notebook, FULL);
  }

  private static void run(Notebook notebook, int steps) {
    notebook.text(
        "MNIST-1D (Greydanus and Kobak) is small enough to train on in seconds and still tells"
            + " architectures apart: the signals have an order and are shifted at random. With one"
            + " permutation of the 40 positions for all signals, the same numbers are there but"
            + " neighbours are not, and what knows of neighbours loses what it gained.");
    notebook.text(
        String.format(
            Locale.ROOT,
            "The authors train by Adam at 0.01 with batches of %d in order for %,d steps. Here it"
                + " is %,d steps of the same.%s",
            BATCH,
            FULL,
            steps,
            steps == FULL
                ? ""
                : " What they leave for later is some points of the CNN and more of the GRU;"
                    + " ./run mnist1d --model all trains for 6,000, with --shuffled too."));
    Map<String, Double> ordered = new LinkedHashMap<>();
    Map<String, Double> shuffled = new LinkedHashMap<>();
    List<List<Object>> rows = new ArrayList<>();
    for (Published each : TABLE) {
      String title = each.title;
      ordered.put(title, accuracy(each.model, Mnist1d.make(), steps));
      shuffled.put(title, accuracy(each.model, Mnist1d.shuffled(), steps));
      notebook.number(title + ", test accuracy in %", each.ordered, ordered.get(title));
      notebook.number(title + ", shuffled", each.shuffled, shuffled.get(title));
      long parameters = each.model.create(new SplittableRandom(1)).parameterCount();
      notebook.number(title + ", parameters", parameters);
      rows.add(
          List.of(
              title,
              each.ofNotebook,
              ordered.get(title),
              each.ofNotebookShuffled,
              shuffled.get(title)));
    }
    notebook.table(
        "test accuracy in % beside what the authors' notebook stores",
        List.of("model", "notebook", "here", "notebook, shuffled", "here, shuffled"), rows);
    Map<String, Map<String, Double>> bars = new LinkedHashMap<>();
    bars.put("ordered", ordered);
    bars.put("shuffled", shuffled);
    notebook.picture(
        "Test accuracy with the positions in order and shuffled",
        new Bars("MNIST-1D", "test accuracy in %", bars));
    claims(notebook, ordered, shuffled);
    if (steps == FULL) {
      notebook.claim(
          "every accuracy is within 5 points of the authors' notebook",
          TABLE.stream()
              .allMatch(
                  each ->
                      Math.abs(ordered.get(each.title) - each.ofNotebook) <= 5
                          && Math.abs(shuffled.get(each.title) - each.ofNotebookShuffled) <= 5));
    }
  }

  private static void claims(
      Notebook notebook, Map<String, Double> ordered, Map<String, Double> shuffled) {
    double mlp = ordered.get("MLP");
    notebook.claim(
        "CNN and GRU are 20 points ahead of the MLP",
        Math.min(ordered.get("CNN"), ordered.get("GRU")) >= mlp + 20);
    notebook.claim(
        "the MLP is 20 points ahead of the logistic regression",
        mlp >= ordered.get("logistic regression") + 20);
    for (String title : List.of("logistic regression", "MLP")) {
      notebook.claim(
          "shuffled positions change the " + title + " by 4 points at most",
          Math.abs(ordered.get(title) - shuffled.get(title)) <= 4);
    }
    for (String title : List.of("CNN", "GRU")) {
      notebook.claim(
          "shuffled positions cost the " + title + " 20 points at least",
          shuffled.get(title) <= ordered.get(title) - 20);
    }
  }

  private static double accuracy(Mnist1dModel model, Mnist1d data, int steps) {
    Layer layer = model.create(new SplittableRandom(42));
    Dataset training = data.training(DType.FLOAT32);
    Training.trainer(layer, new Adam(0.01))
        .fit(Batches.of(training.batches(BATCH)), Limit.steps(steps));
    return Training.accuracy(layer, data.test(DType.FLOAT32));
  }
}
