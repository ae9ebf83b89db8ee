package dev.lanegrad.examples;

import dev.lanegrad.layers.Layer;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.optim.schedule.Schedule;
import dev.lanegrad.training.Batches;
import dev.lanegrad.training.Checkpoints;
import dev.lanegrad.training.Limit;
import dev.lanegrad.training.Trainer;
import dev.lanegrad.training.log.ProgressDisplay;
import dev.lanegrad.training.log.TensorBoardLog;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Options that all trainings have, and what they do to a trainer. */
final class TrainingOptions {
  private static final Duration BETWEEN_CHECKPOINTS = Duration.ofSeconds(10);

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
      names = "--checkpoint",
      paramLabel = "DIR",
      description = "A folder for checkpoints, every 10 seconds, at the end and at Ctrl-C.")
  private @Nullable Path checkpoints;

  @Option(
      names = "--resume",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "Goes on from the newest checkpoint, bit for bit, if there is one.")
  private boolean resumes;

  @Option(
      names = "--tensorboard",
      paramLabel = "DIR",
      description = "A folder for curves and histograms that TensorBoard shows.")
  private @Nullable Path events;

  @Option(
      names = "--json",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "Makes the last line of the output JSON.")
  private boolean json;

  @Option(
      names = "--no-progress",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "Says nothing between the reports: no bar in a terminal, no rows elsewhere.")
  private boolean isSilent;

  private final ProgressDisplay bar = new ProgressDisplay(ProgressDisplay.Style.BAR);
  private @Nullable ProgressRows rows;

  /** What is printed where no bar can be drawn; nothing, if this is not called. */
  void betweenReports(ProgressRows instead) {
    rows = instead;
  }

  /**
   * Checks what belongs together.
   *
   * @throws SettingException saying what is missing
   */
  void check() {
    SettingException.unless(
        !resumes || checkpoints != null, "--resume needs --checkpoint DIR to say where from");
  }

  /** The name of what updates the weights, for a line that says how a training is set up. */
  String optimizerName() {
    return optimizer == OptimizerName.ADAM ? "Adam" : optimizer.toString();
  }

  Optimizer optimizer(Layer layer, double learningRate) {
    return new Optimizer(layer.parameters(), optimizer.rule(learningRate));
  }

  /** Whether the last line of the output is to be JSON. */
  boolean json() {
    return json;
  }

  /** Makes room for a line beside a bar. */
  void clearLine() {
    bar.clearLine();
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
    if (schedule != null) {
      trainer.schedule(schedule.over(limit.stepsAt(data.batches()), learningRate));
    } else if (usual != null) {
      trainer.schedule(usual);
    }
    if (events != null) {
      trainer.callbacks(new TensorBoardLog(events.resolve(name)));
    }
    if (!isSilent && ProgressDisplay.isTerminal()) {
      trainer.callbacks(bar);
    } else if (!isSilent && rows != null) {
      trainer.callbacks(rows);
    }
    if (checkpoints != null) {
      trainer.checkpoints(new Checkpoints(checkpoints.resolve(name)).every(BETWEEN_CHECKPOINTS));
      if (resumes) {
        trainer.resume();
      }
    }
    trainer.fit(data, limit);
  }
}
