package dev.lanegrad.examples;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.KernelInfo;
import dev.lanegrad.training.Batch;
import dev.lanegrad.training.Fingerprint;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./run transformer}. */
@Command(
    name = "transformer",
    description = "Trains a small transformer encoder to sort or to reverse digits.",
    sortOptions = false,
    showDefaultValues = true)
final class TransformerCommand implements Callable<Integer> {
  private final PrintWriter out;

  @Option(
      names = "--task",
      paramLabel = "NAME",
      description = "What to learn: ${COMPLETION-CANDIDATES}.")
  private SequenceTask task = SequenceTask.SORT;

  @Option(names = "--length", paramLabel = "N", description = "Digits in a sequence.")
  private int length = 8;

  @Option(names = "--steps", paramLabel = "N", description = "How many updates.")
  private int steps = 800;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of weights and sequences.")
  private long seed = 42;

  @Option(names = "--lr", paramLabel = "RATE", description = "Learning rate of Adam.")
  private double learningRate = 0.003;

  @Option(names = "--batch", paramLabel = "N", description = "Sequences in a step.")
  private int batchSize = 64;

  @CommandLine.Mixin private final TrainingOptions options = new TrainingOptions();

  TransformerCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    options.check();
    TransformerTraining training =
        new TransformerTraining(task, length, steps, seed, learningRate, batchSize);
    out.printf(
        Locale.ROOT,
        "transformer, task %s: %,d steps of %d sequences of %d digits, %s at %s, seed %d%n",
        task,
        steps,
        batchSize,
        length,
        options.optimizerName(),
        learningRate,
        seed);
    out.printf(
        Locale.ROOT,
        "kernels: %s, lanes: %d%n",
        KernelInfo.kernels(),
        KernelInfo.lanes(DType.FLOAT32));
    out.println("  step     loss   right digits   right sequences   seconds");
    options
        .watch()
        .betweenReports(new ProgressRows(out, state -> Long.toString(state.step()), 6, 37));
    TransformerTraining.Result result = training.run(this::printReport, options);
    printExample(result);
    TransformerTraining.Report last = result.last();
    out.printf(
        Locale.ROOT,
        "%.2f %% of the digits of new sequences are right after %.2f s%n",
        100 * last.digits(),
        last.seconds());
    options.draw("Transformer").ifPresent(file -> out.println("wrote " + file));
    if (options.json()) {
      out.println(toJson(result));
    }
    return CommandLine.ExitCode.OK;
  }

  private void printReport(TransformerTraining.Report report) {
    out.printf(
        Locale.ROOT,
        "%6d   %6.4f       %6.2f %%          %6.2f %%    %6.2f%n",
        report.step(),
        report.loss(),
        100 * report.digits(),
        100 * report.sequences(),
        report.seconds());
  }

  private void printExample(TransformerTraining.Result result) {
    Batch one = task.batch(1, length, new SplittableRandom(seed));
    int[] answer =
        Autodiff.withoutGradient(() -> result.layer().forward(one.x()).argmax(-1)).toIntArray();
    out.printf("%s becomes %s%n", Arrays.toString(one.x().toIntArray()), Arrays.toString(answer));
  }

  private String toJson(TransformerTraining.Result result) {
    TransformerTraining.Report last = result.last();
    return String.format(
        Locale.ROOT,
        "{\"example\":\"transformer\",\"task\":\"%s\",\"length\":%d,\"steps\":%d,\"seed\":%d,"
            + "\"parameters\":%d,\"digits\":%s,\"sequences\":%s,\"seconds\":%.3f,"
            + "\"kernels\":\"%s\",\"lanes\":%d,\"weights\":\"%s\"}",
        task,
        length,
        steps,
        seed,
        result.layer().parameterCount(),
        last.digits(),
        last.sequences(),
        last.seconds(),
        KernelInfo.kernels(),
        KernelInfo.lanes(DType.FLOAT32),
        Fingerprint.of(result.layer().parameters()));
  }
}
