package dev.lanegrad.examples;

import dev.lanegrad.layers.Layer;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.optim.schedule.Schedule;
import dev.lanegrad.plots.Axis;
import dev.lanegrad.plots.Column;
import dev.lanegrad.plots.Curves;
import dev.lanegrad.plots.Series;
import dev.lanegrad.training.Batches;
import dev.lanegrad.training.Limit;
import dev.lanegrad.training.Trainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options that all trainings of models have, and what they do to a trainer. */
final class TrainingOptions {
  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description = "What updates the weights: ${COMPLETION-CANDIDATES}.")
  private OptimizerName optimizer = OptimizerName.ADAM;

  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      description =
          "How the learning rate changes: ${COMPLETION-CANDIDATES}; else as the example has it.")
  private @Nullable ScheduleName schedule;

  @Option(
      names = "--curves",
      paramLabel = "FILE",
      description = "A picture of loss and accuracy, PNG or SVG by the ending of the name.")
  private @Nullable Path picture;

  @Option(
      names = "--json",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "Makes the last line of the output JSON.")
  private boolean json;

  @CommandLine.Mixin private final WatchOptions watch = new WatchOptions();

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  /** Of each training by its name. */
  private final SequencedMap<String, TrainingCurves> curves = new LinkedHashMap<>();

  /**
   * Checks what belongs together, and that files can be written where they shall be.
   *
   * @throws SettingException saying what is missing
   */
  void check() {
    watch.check();
    PictureOption.check("--curves", picture);
  }

  /** The name of what updates the weights, for a line that says how a training is set up. */
  String optimizerName() {
    return optimizer == OptimizerName.ADAM ? "Adam" : optimizer.toString();
  }

  /** How trainings are kept and watched. */
  WatchOptions watch() {
    return watch;
  }

  Optimizer optimizer(Layer layer, double learningRate) {
    return new Optimizer(layer.parameters(), optimizer.rule(learningRate));
  }

  /** Whether the last line of the output is to be JSON. */
  boolean json() {
    return json;
  }

  /** Adds a point to a curve of the training that is under way, such as an accuracy. */
  void mark(String name, long step, double value) {
    curves.lastEntry().getValue().add(name, step, value);
  }

  /**
   * Draws the curves of all trainings, if that is asked for.
   *
   * @return the file
   */
  Optional<Path> draw(String title) {
    if (picture == null) {
      return Optional.empty();
    }
    List<Series> losses = new ArrayList<>();
    List<Series> accuracies = new ArrayList<>();
    curves.forEach(
        (name, each) -> {
          losses.add(each.loss(name.isEmpty() ? "loss" : name));
          accuracies.addAll(each.others(name.isEmpty() ? "" : name + " "));
        });
    Axis steps = Axis.linear("step");
    Column.of(
            Curves.of(title, losses).axes(steps, Axis.logarithmic("mean loss")),
            Curves.of("Accuracy", accuracies).axes(steps, Axis.linear("fraction that is right")))
        .save(picture);
    return Optional.of(picture);
  }

  /**
   * Trains by these options.
   *
   * @param name of the training among others that use the same folders; empty if it is alone
   * @param usual the schedule of the example, or null for none
   */
  <B> void fit(
      Trainer<B> trainer,
      String name,
      @Nullable Schedule usual,
      double learningRate,
      Batches<B> data,
      Limit limit) {
    Schedule chosen =
        schedule == null ? usual : schedule.over(limit.stepsAt(data.batches()), learningRate);
    if (chosen != null) {
      trainer.schedule(chosen);
    }
    trainer.callbacks(curves.computeIfAbsent(name, _ -> new TrainingCurves()));
    watch.fit(trainer, name, data, limit, () -> chooseRate(trainer, chosen, learningRate));
  }

  /**
   * What rate holds where the options say another one than the checkpoint: that of a schedule, or
   * of {@code --lr} if it was given, or else the checkpoint's; said in a line.
   */
  private void chooseRate(Trainer<?> trainer, @Nullable Schedule chosen, double learningRate) {
    double before = trainer.learningRate();
    long step = trainer.step();
    if (step == 0 || before == rate(chosen, step - 1, learningRate) || command == null) {
      return;
    }
    CommandLine line = command.commandLine();
    boolean changes = chosen != null || line.getParseResult().hasMatchedOption("--lr");
    if (changes) {
      trainer.optimizers().forEach(optimizer -> optimizer.setLearningRate(learningRate));
    }
    String rest =
        changes
            ? "%s from here on".formatted(Decimals.rounded(rate(chosen, step, learningRate)))
            : "stays so: give --lr for another";
    line.getOut()
        .printf(
            Locale.ROOT,
            "resumed after step %d: the learning rate was %s, %s%n",
            step,
            Decimals.rounded(before),
            rest);
  }

  private static double rate(@Nullable Schedule schedule, long step, double start) {
    return schedule == null ? start : schedule.learningRate(step, start);
  }
}
