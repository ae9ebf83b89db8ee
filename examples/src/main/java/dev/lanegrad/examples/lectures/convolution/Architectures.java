package dev.lanegrad.examples.lectures.convolution;

import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.plots.Axis;
import dev.lanegrad.plots.Curves;
import dev.lanegrad.plots.Series;
import dev.lanegrad.training.DataLoader;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.History;
import dev.lanegrad.training.Limit;
import java.util.ArrayList;
import java.util.List;

/** Fully connected, convolutional, recurrent, transformer: each learns the same task. */
final class Architectures {
  private static final int EPOCHS = 6;

  private Architectures() {}

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
    for (var each : FourModels.all().entrySet()) {
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
