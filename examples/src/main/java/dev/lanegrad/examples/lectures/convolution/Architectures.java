package dev.lanegrad.examples.lectures.convolution;

import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Conv1d;
import dev.lanegrad.layers.Flatten;
import dev.lanegrad.layers.GRU;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.LearnedPositionalEncoding;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.ReLU;
import dev.lanegrad.layers.RecurrentOptions;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.layers.TransformerEncoderLayer;
import dev.lanegrad.layers.Unflatten;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.plots.Axis;
import dev.lanegrad.plots.Curves;
import dev.lanegrad.plots.Series;
import dev.lanegrad.training.DataLoader;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.History;
import dev.lanegrad.training.Limit;
import dev.lanegrad.training.data.Mnist1d;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Fully connected, convolutional, recurrent, transformer: each learns the same task. */
final class Architectures {
  private static final int PIECES = 10;
  private static final int PIECE = Mnist1d.LENGTH / PIECES;
  private static final int EPOCHS = 6;

  private Architectures() {}

  private static SequencedMap<String, Layer> models() {
    SequencedMap<String, Layer> models = new LinkedHashMap<>();
    models.put("fully connected", fullyConnected(new SplittableRandom(1)));
    models.put("convolutional", convolutional(new SplittableRandom(1)));
    models.put("recurrent", recurrent(new SplittableRandom(1)));
    models.put("transformer", transformer(new SplittableRandom(1)));
    return models;
  }

  /** Every unit sees every value. */
  private static Layer fullyConnected(RandomGenerator random) {
    return new Sequential(
        new Linear(Mnist1d.LENGTH, 64, random),
        new ReLU(),
        new Linear(64, 64, random),
        new ReLU(),
        new Linear(64, Mnist1d.CLASSES, random));
  }

  /** The same kernels at every place. */
  private static Layer convolutional(RandomGenerator random) {
    return new Sequential(
        new Unflatten(1, 1, Mnist1d.LENGTH), // [n, 1, 40]
        new Conv1d(1, 20, 5, random).stride(2).padding(2), // [n, 20, 20]
        new ReLU(),
        new Conv1d(20, 20, 5, random).stride(2).padding(2), // [n, 20, 10]
        new ReLU(),
        new Flatten(),
        new Linear(20 * PIECES, Mnist1d.CLASSES, random));
  }

  /** Reads ten pieces of four values, one after another from both ends, and remembers. */
  private static Layer recurrent(RandomGenerator random) {
    RecurrentOptions options = RecurrentOptions.DEFAULTS.withBatchFirst().withBothDirections();
    return new Sequential(
        new Unflatten(1, PIECES, PIECE), // [n, 10, 4]
        new GRU(PIECE, 20, options, random), // [n, 10, 40]
        new Flatten(),
        new Linear(PIECES * 40, Mnist1d.CLASSES, random));
  }

  /** Each of ten pieces looks at all others and takes from them what it needs. */
  private static Layer transformer(RandomGenerator random) {
    return new Sequential(
        new Unflatten(1, PIECES, PIECE), // [n, 10, 4]
        new Linear(PIECE, 24, random), // [n, 10, 24]
        new LearnedPositionalEncoding(PIECES, 24, random),
        new TransformerEncoderLayer(24, 4, 48, random),
        new Flatten(),
        new Linear(PIECES * 24, Mnist1d.CLASSES, random));
  }

  static void run(Notebook notebook) {
    notebook.text(
        "Four ways to connect units, all trained by the same loop on the same task: 4,000 signals"
            + " of MNIST-1D in ten classes, six epochs, Adam at 0.005. A fully connected network"
            + " sees 40 numbers in no order. A convolutional one uses the same kernels at every"
            + " place. A recurrent one reads the signal piece by piece and keeps a state h[t] ="
            + " f(x[t], h[t-1]). In a transformer each piece asks all others, and takes the mean of"
            + " their values weighted by softmax(q · k / √d).");
    Dataset test = Signals.test();
    List<List<Object>> rows = new ArrayList<>();
    List<Series> curves = new ArrayList<>();
    boolean allLearn = true;
    boolean allFall = true;
    for (var each : models().entrySet()) {
      Layer model = each.getValue();
      double before = Training.loss(model, test);
      History history =
          Training.trainer(model, new Adam(0.005))
              .fit(
                  new DataLoader(Signals.training(), 50).shuffled(1),
                  new DataLoader(test, 500),
                  Limit.epochs(EPOCHS));
      double accuracy = Training.accuracy(model, test);
      rows.add(
          List.of(
              each.getKey(),
              model.parameterCount(),
              before,
              history.best("val_loss", false).value(),
              accuracy));
      curves.add(Series.ofSteps(each.getKey(), history.values("loss")));
      notebook.number("test accuracy in %, " + each.getKey(), accuracy);
      allLearn &= accuracy >= 40;
      allFall &= history.last("loss") < 0.75 * before;
    }
    notebook.table(
        "the four architectures",
        List.of(
            "architecture", "parameters", "test loss at first", "best test loss", "accuracy in %"),
        rows);
    notebook.claim("each of the four learns: 40 % at least, from 10 % by chance", allLearn);
    notebook.claim("each ends with three quarters of its first loss at most", allFall);
    notebook.picture(
        "Training loss of the four architectures",
        Curves.of("Four architectures", curves)
            .axes(Axis.linear("epoch"), Axis.linear("cross entropy")));
  }
}
