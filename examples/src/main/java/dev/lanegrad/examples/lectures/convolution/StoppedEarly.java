package dev.lanegrad.examples.lectures.convolution;

import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.plots.Axis;
import dev.lanegrad.plots.Curves;
import dev.lanegrad.plots.Series;
import dev.lanegrad.training.Callback;
import dev.lanegrad.training.DataLoader;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.EarlyStopping;
import dev.lanegrad.training.History;
import dev.lanegrad.training.Limit;
import java.util.List;

/** The weights of the epoch with the smallest validation loss are kept. */
final class StoppedEarly {
  private static final int EPOCHS = 40;

  private StoppedEarly() {}

  static void run(Notebook notebook) {
    notebook.text(
        "Early stopping. The training loss falls on and on; the validation loss falls, and rises"
            + " again once the network learns single examples by heart. So the training ends when"
            + " the validation loss has not improved for five epochs, and the best weights"
            + " are put back. A hundred hidden units learn 1,000 signals of MNIST-1D, and 500"
            + " others are the validation set.");
    Comparison loss =
        Comparison.of(
            "test loss",
            "after 40 epochs",
            "stopped early",
            seed ->
                new double[] {
                  Training.loss(train(seed).model, Signals.test()),
                  Training.loss(train(seed, new EarlyStopping("val_loss")).model, Signals.test())
                });
    notebook.claim(
        "stopping early takes a quarter of the test loss at least",
        loss.showIn(notebook).fallsTo(0.75));
    EarlyStopping stopping = new EarlyStopping("val_loss");
    int epochs = train(1, stopping).history.epochs();
    notebook.number("epochs until it stops, of 40", epochs);
    notebook.number("epoch with the smallest validation loss", stopping.bestEpoch() + 1);
    notebook.claim("it stops before half of the epochs", epochs < EPOCHS / 2);
    History whole = train(1).history;
    notebook.picture(
        "The losses of 40 epochs: where the validation loss is smallest, training should stop",
        Curves.of(
                "Early stopping",
                Series.ofSteps("training", whole.values("loss")),
                Series.ofSteps("validation", whole.values("val_loss")))
            .axes(Axis.linear("epoch"), Axis.linear("cross entropy")));
  }

  private record Trained(Layer model, History history) {}

  private static Trained train(long seed, Callback... callbacks) {
    List<Dataset> parts = Signals.few(1_500, seed).split(2.0 / 3, 1.0 / 3);
    Layer model = Signals.network(100, seed);
    History history =
        Training.trainer(model, new Adam(0.01))
            .callbacks(callbacks)
            .fit(
                Training.shuffled(parts.getFirst(), seed),
                new DataLoader(parts.getLast(), 500),
                Limit.epochs(EPOCHS));
    return new Trained(model, history);
  }
}
