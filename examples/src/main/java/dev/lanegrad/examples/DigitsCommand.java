package dev.lanegrad.examples;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.KernelInfo;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.training.Fingerprint;
import dev.lanegrad.training.TrainerState;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./run digits}. */
@Command(
    name = "digits",
    description = "Trains a classifier of pictures of digits.",
    sortOptions = false,
    showDefaultValues = true)
final class DigitsCommand implements Callable<Integer> {
  private final PrintWriter out;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "What to train: ${COMPLETION-CANDIDATES}.")
  private DigitsModel model = DigitsModel.CNN;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "A folder with the files of MNIST or Fashion-MNIST; else digits are made.")
  private @Nullable Path data;

  @Option(names = "--epochs", paramLabel = "N", description = "How often each example is used.")
  private int epochs = 6;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of weights and order.")
  private long seed = 42;

  @Option(names = "--lr", paramLabel = "RATE", description = "Learning rate of Adam at first.")
  private double learningRate = 0.003;

  @Option(names = "--batch", paramLabel = "N", description = "Examples in a step.")
  private int batchSize = 100;

  @Option(
      names = "--plot",
      paramLabel = "DIR",
      description = "A folder for pictures of filters and feature maps.")
  private @Nullable Path plots;

  @CommandLine.Mixin private final TrainingOptions options = new TrainingOptions();

  DigitsCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    options.check();
    DigitsTraining training = new DigitsTraining(model, epochs, seed, learningRate, batchSize);
    if (plots != null) {
      DigitsPlots.prepare(plots);
    }
    out.printf(
        Locale.ROOT,
        "model %s: %d epochs in batches of %d, %s at %s, seed %d%n",
        model,
        epochs,
        batchSize,
        options.optimizerName(),
        learningRate,
        seed);
    out.printf(Locale.ROOT, "kernels: %s, lanes: %d%n", KernelInfo.kernels(), lanes());
    DigitsTraining.Data digits =
        data == null ? DigitsTraining.Data.made() : DigitsTraining.Data.read(data);
    out.printf(
        Locale.ROOT,
        "%s: %,d to train on, %,d to test on%n",
        digits.name(),
        digits.training().size(),
        digits.test().size());
    out.println("  epoch     loss   test accuracy   seconds");
    options.watch().betweenReports(new ProgressRows(out, DigitsCommand::epochs, 7, 20));
    DigitsTraining.Result result = training.run(digits, this::printReport, options);
    DigitsTraining.Report last = result.last();
    out.printf(
        Locale.ROOT,
        "test accuracy %.2f %% after %.2f s%n",
        100 * last.testAccuracy(),
        last.seconds());
    printConfusion(result.confusion());
    if (plots != null) {
      for (Path file : DigitsPlots.write(plots, model, result.layer(), digits.test())) {
        out.println("wrote " + file);
      }
    }
    options.draw("Digits").ifPresent(file -> out.println("wrote " + file));
    if (options.json()) {
      out.println(toJson(result));
    }
    return CommandLine.ExitCode.OK;
  }

  private void printReport(DigitsTraining.Report report) {
    out.printf(
        Locale.ROOT,
        "%7d   %6.4f        %6.2f %%    %6.2f%n",
        report.epoch(),
        report.loss(),
        100 * report.testAccuracy(),
        report.seconds());
  }

  private static String epochs(TrainerState state) {
    return String.format(
        Locale.ROOT, "%.2f", state.epoch() + (double) state.batch() / state.batches());
  }

  private void printConfusion(Tensor confusion) {
    int[] counts = confusion.toIntArray();
    int classes = confusion.shape().dim(0);
    out.println("how often each class (row) was taken for which (column):");
    StringBuilder text = new StringBuilder("     ");
    for (int answer = 0; answer < classes; answer++) {
      text.append(String.format(Locale.ROOT, "%6d", answer));
    }
    for (int label = 0; label < classes; label++) {
      text.append(String.format(Locale.ROOT, "%n%5d", label));
      for (int answer = 0; answer < classes; answer++) {
        int count = counts[label * classes + answer];
        text.append(count == 0 ? "     ." : String.format(Locale.ROOT, "%6d", count));
      }
    }
    out.println(text);
  }

  private String toJson(DigitsTraining.Result result) {
    DigitsTraining.Report last = result.last();
    return String.format(
        Locale.ROOT,
        "{\"example\":\"digits\",\"model\":\"%s\",\"epochs\":%d,\"seed\":%d,\"parameters\":%d,"
            + "\"test_accuracy\":%s,\"seconds\":%.3f,"
            + "\"kernels\":\"%s\",\"lanes\":%d,\"weights\":\"%s\"}",
        model,
        epochs,
        seed,
        result.layer().parameterCount(),
        last.testAccuracy(),
        last.seconds(),
        KernelInfo.kernels(),
        lanes(),
        Fingerprint.of(result.layer().parameters()));
  }

  private static int lanes() {
    return KernelInfo.lanes(DType.FLOAT32);
  }
}
