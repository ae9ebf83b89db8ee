package dev.lanegrad.examples;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.KernelInfo;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./run mnist1d}. */
@Command(
    name = "mnist1d",
    description = "Trains a classifier of one-dimensional digits, MNIST-1D.",
    sortOptions = false,
    showDefaultValues = true)
final class Mnist1dCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      defaultValue = "mlp",
      description = "One of: ${COMPLETION-CANDIDATES}.")
  private Mnist1dModel model;

  @Option(names = "--steps", defaultValue = "6000", description = "Updates of the weights.")
  private int steps;

  @Option(names = "--seed", defaultValue = "42", description = "Seed of the initial weights.")
  private long seed;

  @Option(names = "--lr", defaultValue = "0.01", description = "Learning rate of Adam.")
  private double learningRate;

  @Option(names = "--batch", defaultValue = "100", description = "Examples a step.")
  private int batchSize;

  @Option(names = "--json", description = "Ends with the result as one line of JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Mnist1dTraining training = training();
    PrintWriter out = spec.commandLine().getOut();
    print(
        out,
        "mnist1d: model %s, %d steps of %d examples, Adam at %s, seed %d; %s kernels, %d lanes",
        model, steps, batchSize, learningRate, seed, KernelInfo.kernels(), lanes());
    print(out, "  step     loss   train accuracy   test accuracy   seconds");
    Mnist1dTraining.Result result =
        training.run(
            report ->
                print(
                    out,
                    "%6d   %6.4f          %6.2f %%        %6.2f %%    %6.2f",
                    report.step(),
                    report.loss(),
                    100 * report.trainAccuracy(),
                    100 * report.testAccuracy(),
                    report.seconds()));
    if (json) {
      out.println(toJson(result));
    } else {
      print(
          out,
          "test accuracy %.2f %% after %.2f s",
          100 * result.last().testAccuracy(),
          result.last().seconds());
    }
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  private Mnist1dTraining training() {
    try {
      return new Mnist1dTraining(model, steps, seed, learningRate, batchSize);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private String toJson(Mnist1dTraining.Result result) {
    return String.format(
        Locale.ROOT,
        "{\"example\":\"mnist1d\",\"model\":\"%s\",\"steps\":%d,\"seed\":%d,\"parameters\":%d,"
            + "\"train_accuracy\":%s,\"test_accuracy\":%s,\"seconds\":%.3f,"
            + "\"kernels\":\"%s\",\"lanes\":%d,\"weights\":\"%s\"}",
        model,
        steps,
        seed,
        result.parameters(),
        result.last().trainAccuracy(),
        result.last().testAccuracy(),
        result.last().seconds(),
        KernelInfo.kernels(),
        lanes(),
        result.weights());
  }

  private static int lanes() {
    return KernelInfo.lanes(DType.FLOAT32);
  }

  private static void print(PrintWriter out, String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }
}
