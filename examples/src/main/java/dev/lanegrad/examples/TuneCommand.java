package dev.lanegrad.examples;

import static java.util.stream.Collectors.joining;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.training.DataException;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.Fingerprint;
import dev.lanegrad.training.data.Mnist1d;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./run tune}. */
@Command(
    name = "tune",
    description = "Searches hidden units, learning rate and weight decay on a validation set.",
    sortOptions = false,
    showDefaultValues = true)
final class TuneCommand implements Callable<Integer> {
  private static final int RANDOM_TRIALS = 24;

  /** Of the 4,000 examples to train on those that the trials are compared by. */
  private static final double VALIDATION_PART = 0.25;

  private final PrintWriter out;

  @Option(
      names = "--search",
      paramLabel = "NAME",
      description = "How settings are chosen: ${COMPLETION-CANDIDATES}.")
  private Search search = Search.RANDOM;

  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "How many settings are tried, 24 if not said; a grid has 27.")
  private @Nullable Integer trials;

  @Option(names = "--steps", paramLabel = "N", description = "How many updates in each trial.")
  private int steps = 1_000;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of choices, weights and order.")
  private long seed = 42;

  @Option(
      names = "--threads",
      paramLabel = "N",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "How many trials at a time; as many as there are processors, if not said.")
  private int threads;

  @Option(
      names = "--json",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "Makes the last line of the output JSON.")
  private boolean json;

  TuneCommand(PrintWriter out) {
    this.out = out;
  }

  /** How settings are chosen. */
  private enum Search {
    RANDOM,
    GRID;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Integer call() {
    SettingException.checkAtLeastOne("--steps", steps);
    int workers = InParallel.threads(threads);
    List<HyperParameters> choices = choices();
    Mnist1d data = Mnist1d.make();
    List<Dataset> parts = data.training(DType.FLOAT32).split(1 - VALIDATION_PART, VALIDATION_PART);
    Dataset training = parts.getFirst();
    Dataset validation = parts.getLast();
    Dataset test = data.test(DType.FLOAT32);
    out.printf(
        Locale.ROOT,
        "MNIST-1D: %,d to train on, %,d to choose by, %,d to test on%n",
        training.size(),
        validation.size(),
        test.size());
    out.printf(
        Locale.ROOT,
        "%s search: %d trials of %,d steps, seed %d%n",
        search,
        choices.size(),
        steps,
        seed);
    out.println("trial   hidden units   learning rate   weight decay     loss   accuracy");
    List<Trial> all =
        IntStream.range(0, choices.size())
            .mapToObj(i -> new Trial(i + 1, choices.get(i), steps, seed))
            .toList();
    List<Trial.Result> results =
        InParallel.map(workers, all, trial -> trial.run(training, validation), this::print);
    Trial.Result best = results.stream().reduce((a, b) -> b.isBetterThan(a) ? b : a).orElseThrow();
    if (best.model() == null) {
      throw new DataException("tune: no trial stayed finite");
    }
    double accuracy = Trial.evaluate(best.model(), test).value("accuracy");
    HyperParameters chosen = best.trial().chosen();
    out.printf(
        Locale.ROOT,
        "best: trial %d, %d hidden units, learning rate %s, weight decay %s%n",
        best.trial().number(),
        chosen.hidden(),
        Decimals.plain(chosen.learningRate()),
        Decimals.plain(chosen.weightDecay()));
    out.printf(
        Locale.ROOT,
        "validation accuracy %.2f %%, test accuracy %.2f %%%n",
        100 * best.accuracy(),
        100 * accuracy);
    if (json) {
      out.println(toJson(results, best, best.model(), accuracy));
    }
    return CommandLine.ExitCode.OK;
  }

  private List<HyperParameters> choices() {
    if (search == Search.GRID) {
      SettingException.unless(
          trials == null, "--trials: a grid has its own number; say --search random");
      return HyperParameters.grid();
    }
    int count = trials == null ? RANDOM_TRIALS : trials;
    SettingException.checkAtLeastOne("--trials", count);
    return HyperParameters.random(count, seed);
  }

  private void print(Trial.Result result) {
    HyperParameters chosen = result.trial().chosen();
    out.printf(
        Locale.ROOT,
        "%5d   %12d   %13s   %12s   %s%n",
        result.trial().number(),
        chosen.hidden(),
        Decimals.plain(chosen.learningRate()),
        Decimals.plain(chosen.weightDecay()),
        result.model() == null
            ? "not finite"
            : String.format(
                Locale.ROOT, "%6.4f   %6.2f %%", result.loss(), 100 * result.accuracy()));
  }

  private String toJson(
      List<Trial.Result> results, Trial.Result best, Layer model, double testAccuracy) {
    return String.format(
        Locale.ROOT,
        "{\"example\":\"tune\",\"search\":\"%s\",\"steps\":%d,\"seed\":%d,\"trials\":[%s],"
            + "\"best\":%d,\"test_accuracy\":%s,\"weights\":\"%s\"}",
        search,
        steps,
        seed,
        results.stream().map(TuneCommand::toJson).collect(joining(",")),
        best.trial().number(),
        testAccuracy,
        Fingerprint.of(model.parameters()));
  }

  private static String toJson(Trial.Result result) {
    HyperParameters chosen = result.trial().chosen();
    return String.format(
        Locale.ROOT,
        "{\"trial\":%d,\"hidden\":%d,\"learning_rate\":%s,\"weight_decay\":%s,\"loss\":%s,"
            + "\"accuracy\":%s}",
        result.trial().number(),
        chosen.hidden(),
        Decimals.plain(chosen.learningRate()),
        Decimals.plain(chosen.weightDecay()),
        result.model() == null ? "null" : result.loss(),
        result.accuracy());
  }
}
