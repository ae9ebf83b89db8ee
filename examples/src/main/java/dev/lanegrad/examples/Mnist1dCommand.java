package dev.lanegrad.examples;

import static java.util.stream.Collectors.joining;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.KernelInfo;
import dev.lanegrad.examples.lectures.convolution.Mnist1dModel;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./run mnist1d}. */
@Command(
    name = "mnist1d",
    description = "Trains a classifier of one-dimensional digits on MNIST-1D.",
    sortOptions = false,
    showDefaultValues = true)
final class Mnist1dCommand implements Callable<Integer> {
  private static final String ALL = "all";

  private final PrintWriter out;

  /** The names of the models and {@code all}. */
  private static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Names() {
      super(Stream.concat(models().map(Mnist1dModel::toString), Stream.of(ALL)).toList());
    }
  }

  @Option(
      names = "--model",
      paramLabel = "NAME",
      completionCandidates = Names.class,
      description = "What to train: ${COMPLETION-CANDIDATES}.")
  private String model = "mlp";

  @Option(
      names = "--shuffled",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "Puts the positions of all examples under one permutation.")
  private boolean shuffled;

  @Option(names = "--steps", paramLabel = "N", description = "How many updates.")
  private int steps = 6_000;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of the initial weights.")
  private long seed = 42;

  @Option(names = "--seeds", paramLabel = "N", description = "How many seeds, one after another.")
  private int seeds = 1;

  @Option(names = "--lr", paramLabel = "RATE", description = "Learning rate of Adam.")
  private double learningRate = 0.01;

  @Option(names = "--batch", paramLabel = "N", description = "Examples in a step.")
  private int batchSize = 100;

  @CommandLine.Mixin private final TrainingOptions options = new TrainingOptions();

  Mnist1dCommand(PrintWriter out) {
    this.out = out;
  }

  private static Stream<Mnist1dModel> models() {
    return Arrays.stream(Mnist1dModel.values());
  }

  /** A finished training and its settings. */
  private record Run(Mnist1dTraining training, Mnist1dTraining.Result result) {}

  @Override
  public Integer call() {
    SettingException.checkAtLeastOne("--seeds", seeds);
    options.check();
    List<Mnist1dTraining> trainings = new ArrayList<>();
    for (Mnist1dModel chosen : chosenModels()) {
      for (int i = 0; i < seeds; i++) {
        trainings.add(
            new Mnist1dTraining(chosen, shuffled, steps, seed + i, learningRate, batchSize));
      }
    }
    List<Run> runs = trainings.stream().map(t -> run(t, trainings.size() > 1)).toList();
    if (runs.size() > 1) {
      printTable(runs);
    }
    options.draw("MNIST-1D").ifPresent(file -> out.println("wrote " + file));
    if (options.json()) {
      out.println(toJson(runs));
    }
    return CommandLine.ExitCode.OK;
  }

  private List<Mnist1dModel> chosenModels() {
    List<Mnist1dModel> chosen =
        models()
            .filter(m -> model.equalsIgnoreCase(ALL) || model.equalsIgnoreCase(m.toString()))
            .toList();
    SettingException.unless(
        !chosen.isEmpty(), "--model must be one of %s, not \"%s\"".formatted(new Names(), model));
    return chosen;
  }

  /** Trains; one of several has folders of its own in those of the options. */
  private Run run(Mnist1dTraining training, boolean isOneOfSeveral) {
    out.printf(
        Locale.ROOT,
        "MNIST-1D%s, model %s: %,d steps of %d examples, %s at %s, seed %d%n",
        shuffled ? " shuffled" : "",
        training.model(),
        steps,
        batchSize,
        options.optimizerName(),
        learningRate,
        training.seed());
    out.printf(Locale.ROOT, "kernels: %s, lanes: %d%n", KernelInfo.kernels(), lanes());
    out.println("  step     loss   train accuracy   test accuracy   seconds");
    options
        .watch()
        .betweenReports(new ProgressRows(out, state -> Long.toString(state.step()), 6, 37));
    Mnist1dTraining.Result result =
        training.run(
            this::printReport,
            options,
            isOneOfSeveral ? training.model() + "-" + training.seed() : "");
    Mnist1dTraining.Report last = result.last();
    out.printf(
        Locale.ROOT,
        "test accuracy %.2f %% after %.2f s%n",
        100 * last.testAccuracy(),
        last.seconds());
    return new Run(training, result);
  }

  private void printReport(Mnist1dTraining.Report report) {
    out.printf(
        Locale.ROOT,
        "%6d   %6.4f         %6.2f %%        %6.2f %%    %6.2f%n",
        report.step(),
        report.loss(),
        100 * report.trainAccuracy(),
        100 * report.testAccuracy(),
        report.seconds());
  }

  private void printTable(List<Run> runs) {
    out.printf("%n model   parameters   mean test accuracy   seconds   single runs%n");
    for (Mnist1dModel each : chosenModels()) {
      List<Mnist1dTraining.Result> results =
          runs.stream().filter(r -> r.training.model() == each).map(Run::result).toList();
      out.printf(
          Locale.ROOT,
          "%6s   %,10d   %16.2f %%   %7.2f   %s%n",
          each,
          results.getFirst().parameters(),
          100 * results.stream().mapToDouble(r -> r.last().testAccuracy()).average().orElseThrow(),
          results.stream().mapToDouble(r -> r.last().seconds()).sum(),
          results.stream().map(r -> percent(r.last().testAccuracy())).collect(joining(" ")));
    }
  }

  private static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.1f", 100 * fraction);
  }

  /** An object, or an array of them where there were several trainings. */
  private String toJson(List<Run> runs) {
    return runs.size() == 1
        ? toJson(runs.getFirst())
        : runs.stream().map(this::toJson).collect(joining(",", "[", "]"));
  }

  private String toJson(Run run) {
    Mnist1dTraining.Report last = run.result.last();
    return String.format(
        Locale.ROOT,
        "{\"example\":\"mnist1d\",\"model\":\"%s\",\"shuffled\":%b,\"steps\":%d,\"seed\":%d,"
            + "\"parameters\":%d,\"train_accuracy\":%s,\"test_accuracy\":%s,\"seconds\":%.3f,"
            + "\"kernels\":\"%s\",\"lanes\":%d,\"weights\":\"%s\"}",
        run.training.model(),
        shuffled,
        steps,
        run.training.seed(),
        run.result.parameters(),
        last.trainAccuracy(),
        last.testAccuracy(),
        last.seconds(),
        KernelInfo.kernels(),
        lanes(),
        run.result.weights());
  }

  private static int lanes() {
    return KernelInfo.lanes(DType.FLOAT32);
  }
}
