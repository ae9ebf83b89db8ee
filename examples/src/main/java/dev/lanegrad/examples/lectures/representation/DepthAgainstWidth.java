package dev.lanegrad.examples.lectures.representation;

import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.plots.Axis;
import dev.lanegrad.plots.Column;
import dev.lanegrad.plots.Curves;
import dev.lanegrad.plots.Series;
import dev.lanegrad.training.Batch;
import dev.lanegrad.training.History;
import dev.lanegrad.training.Limit;
import dev.lanegrad.training.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** L4.9: depth against width on MNIST-1D with random labels. */
public final class DepthAgainstWidth {
  private static final int EXAMPLES = 500;
  private static final long SEED = 2;
  private static final Limit LIMIT = Limit.epochs(50_000);

  private DepthAgainstWidth() {}

  /** What a network went through. */
  public record Run(RandomLabels settings, History history) {
    String name() {
      int layers = settings.hiddenLayers();
      return layers == 1 ? "1 hidden layer" : layers + " hidden layers";
    }

    OptionalLong epochsToFit() {
      return RandomLabels.epochsToFit(history);
    }
  }

  /** The short form. */
  static void run(Notebook notebook) {
    introduce(notebook);
    notebook.text(
        String.format(
            Locale.ROOT,
            """
            This is the short form: the first %d examples, until 99 %% are right. \
            ./run lectures L4.9 --full trains on all 4000 until every label is right, which takes \
            long; with --checkpoint DIR it can be stopped at any time, and goes on with --resume.\
            """,
            EXAMPLES));
    List<Run> runs =
        RandomLabels.inShort(EXAMPLES, SEED).parallelStream()
            .map(DepthAgainstWidth::train)
            .toList();
    report(notebook, runs);
  }

  private static Run train(RandomLabels settings) {
    Trainer<Batch> trainer = settings.trainer();
    return new Run(settings, trainer.fit(settings.batches(), LIMIT));
  }

  /** What is tried, before any of it is. */
  public static void introduce(Notebook notebook) {
    notebook.text(
        """
        Four networks with about as many parameters, 1 hidden layer of 298 units, 2 of 100, 3 of \
        75 and 4 of 63, learn labels that were drawn at random, so there is nothing to learn but \
        the examples themselves. All start from He's initialisation and go down the gradient of \
        the mean cross entropy over all examples at once, with a learning rate of 0.0025, without \
        momentum or regularisation. After Prince, Understanding Deep Learning, figure 20.2.\
        """);
  }

  /** What came of it. */
  public static void report(Notebook notebook, List<Run> runs) {
    List<List<Object>> rows = new ArrayList<>();
    String[] printed = {"15,208", "15,210", "15,235", "15,139"};
    for (Run run : runs) {
      RandomLabels settings = run.settings();
      int parameters = Count.parameters(settings.network());
      String name = "parameters, " + run.name() + " of " + settings.width();
      if (settings.hiddenLayers() == RandomLabels.DEEPEST) {
        notebook.slip(name, printed[RandomLabels.DEEPEST - 1], parameters);
      } else {
        notebook.number(name, printed[settings.hiddenLayers() - 1], parameters);
      }
      rows.add(
          List.of(
              settings.hiddenLayers(),
              settings.width(),
              parameters,
              words(run.epochsToFit()),
              run.history().steps(),
              100 * run.history().last(RandomLabels.ACCURACY)));
    }
    notebook.table(
        "Epochs until 99 % of the random labels are right",
        List.of("hidden layers", "units each", "parameters", "epochs to 99 %", "epochs", "% right"),
        rows);
    draw(notebook, runs);
    Predicate<Run> fits = run -> run.epochsToFit().isPresent();
    notebook.claim("all four networks fit random labels", runs.stream().allMatch(fits));
    notebook.claim(
        "the deeper a network, the fewer epochs it needs to fit them",
        runs.stream().allMatch(fits)
            && IntStream.range(1, runs.size())
                .allMatch(i -> epochs(runs.get(i)) < epochs(runs.get(i - 1))));
  }

  private static long epochs(Run run) {
    return run.epochsToFit().orElse(Long.MAX_VALUE);
  }

  private static Object words(OptionalLong epochs) {
    return epochs.isPresent() ? epochs.getAsLong() : "not yet";
  }

  private static void draw(Notebook notebook, List<Run> runs) {
    Axis epoch = Axis.linear("epoch");
    notebook.picture(
        "Loss and training accuracy of the four networks",
        Column.of(
            Curves.of("Random labels", series(runs, "loss"))
                .axes(epoch, Axis.logarithmic("mean cross entropy")),
            Curves.of("Training accuracy", series(runs, RandomLabels.ACCURACY))
                .axes(epoch, Axis.linear("part right"))));
  }

  private static List<Series> series(List<Run> runs, String values) {
    return runs.stream()
        .map(
            run ->
                new Series(run.name(), run.history().steps(values), run.history().values(values)))
        .toList();
  }
}
