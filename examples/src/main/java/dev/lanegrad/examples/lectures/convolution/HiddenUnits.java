package dev.lanegrad.examples.lectures.convolution;

import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.plots.Axis;
import dev.lanegrad.plots.Curves;
import dev.lanegrad.plots.Series;
import dev.lanegrad.training.Dataset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The number of hidden units, which no gradient tells, is chosen on a validation set. */
final class HiddenUnits {
  private static final List<Integer> CHOICES = List.of(2, 5, 10, 20, 50, 100, 200, 400);
  private static final int STEPS = 900;

  private HiddenUnits() {}

  /** A trained network, and its loss on what it was trained on and on the validation set. */
  private record Trial(int hidden, Layer model, double training, double validation) {}

  static void run(Notebook notebook) {
    notebook.text(
        "Hyper-parameters. The gradient says nothing about the number of hidden units. So each"
            + " number is tried: trained on 1,000 signals of MNIST-1D, compared on 1,000 others,"
            + " the validation set. Too few units cannot tell the classes apart, too many learn the"
            + " training set by heart. The test set is for the end: the validation loss of the best"
            + " of many is a little too good to be true.");
    List<Dataset> parts = Signals.training().split(0.75, 0.25);
    List<Trial> trials =
        CHOICES.stream().map(hidden -> trial(hidden, parts.getFirst(), parts.getLast())).toList();
    notebook.table(
        "loss by hidden units",
        List.of("hidden units", "training", "validation"),
        trials.stream().map(t -> List.of(t.hidden, t.training, t.validation)).toList());
    notebook.picture(
        "Loss by hidden units: the gap between the curves is what was learned by heart",
        Curves.of(
                "Hidden units",
                curve("training", trials, Trial::training),
                curve("validation", trials, Trial::validation))
            .axes(Axis.logarithmic("hidden units"), Axis.linear("cross entropy")));
    Trial best = trials.stream().min(Comparator.comparingDouble(Trial::validation)).orElseThrow();
    double test = Training.loss(best.model, Signals.test());
    notebook.number("chosen hidden units", best.hidden);
    notebook.number("test loss with them", test);
    notebook.number("test accuracy in % with them", Training.accuracy(best.model, Signals.test()));
    for (Trial other : List.of(trials.getFirst(), trials.getLast())) {
      double loss = Training.loss(other.model, Signals.test());
      notebook.number(
          String.format(Locale.ROOT, "test loss with %d hidden units", other.hidden), loss);
      notebook.claim(
          String.format(
              Locale.ROOT,
              "the chosen network beats %d hidden units on the test set",
              other.hidden),
          test <= 0.9 * loss);
    }
  }

  private static Trial trial(int hidden, Dataset training, Dataset validation) {
    Layer model = Training.trained(Signals.network(hidden, 1), new Adam(0.01), training, STEPS, 1);
    return new Trial(
        hidden, model, Training.loss(model, training), Training.loss(model, validation));
  }

  private static Series curve(String name, List<Trial> trials, ToDoubleFunction<Trial> loss) {
    return new Series(
        name,
        trials.stream().mapToDouble(Trial::hidden).toArray(),
        trials.stream().mapToDouble(loss).toArray());
  }
}
