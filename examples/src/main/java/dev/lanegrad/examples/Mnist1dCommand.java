package dev.lanegrad.examples;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.KernelInfo;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
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
  private final PrintWriter out;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "What to train: ${COMPLETION-CANDIDATES}.")
  private Mnist1dModel model = Mnist1dModel.MLP;

  @Option(names = "--steps", paramLabel = "N", description = "How many updates.")
  private int steps = 6_000;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of the initial weights.")
  private long seed = 42;

  @Option(names = "--lr", paramLabel = "RATE", description = "Learning rate of Adam.")
  private double learningRate = 0.01;

  @Option(names = "--batch", paramLabel = "N", description = "Examples in a step.")
  private int batchSize = 100;

  @Option(
      names = "--json",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "Makes the last line of the output JSON.")
  private boolean json;

  Mnist1dCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    Mnist1dTraining training =
        new Mnist1dTraining(model, steps, seed, learningRate, batchSize);
    out.printf(
        Locale.ROOT,
        "MNIST-1D, model %s: %,d steps of %d examples, Adam at %s, seed %d%n",
        model,
        steps,
        batchSize,
        learningRate,
        seed);
    out.printf("kernels: %s, lanes: %d%n", KernelInfo.kernels(), lanes());
    out.println("  step     loss   train accuracy   test accuracy   seconds");
    Mnist1dTraining.Result result = training.run(this::printReport);
    Mnist1dTraining.Report last = result.last();
    out.printf(
        Locale.ROOT,
        "test accuracy %.2f %% after %.2f s%n",
        100 * last.testAccuracy(),
        last.seconds());
    if (json) {
      out.println(toJson(result));
    }
    return CommandLine.ExitCode.OK;
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

  private String toJson(Mnist1dTraining.Result result) {
    Mnist1dTraining.Report last = result.last();
    return String.format(
        Locale.ROOT,
        "{\"example\":\"mnist1d\",\"model\":\"%s\",\"steps\":%d,\"seed\":%d,\"parameters\":%d,"
            + "\"train_accuracy\":%s,\"test_accuracy\":%s,\"seconds\":%.3f,"
            + "\"kernels\":\"%s\",\"lanes\":%d,\"weights\":\"%s\"}",
        model,
        steps,
        seed,
        result.parameters(),
        last.trainAccuracy(),
        last.testAccuracy(),
        last.seconds(),
        KernelInfo.kernels(),
        lanes(),
        result.weights());
  }

  private static int lanes() {
    return KernelInfo.lanes(DType.FLOAT32);
  }
}
