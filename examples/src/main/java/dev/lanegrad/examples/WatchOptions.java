package dev.lanegrad.examples;

import dev.lanegrad.training.Batches;
import dev.lanegrad.training.CheckpointException;
import dev.lanegrad.training.Checkpoints;
import dev.lanegrad.training.Limit;
import dev.lanegrad.training.Trainer;
import dev.lanegrad.training.log.ProgressDisplay;
import dev.lanegrad.training.log.TensorBoardLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Options that say how a training is kept and watched, whatever it trains. */
final class WatchOptions {
  private static final Duration BETWEEN_CHECKPOINTS = Duration.ofSeconds(10);

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

  /** Whether none of these options was given. */
  boolean areUsual() {
    return checkpoints == null && !resumes && events == null && !isSilent;
  }

  /**
   * Checks what belongs together, and that files can be written where they shall be.
   *
   * @throws SettingException saying what is missing
   */
  void check() {
    SettingException.unless(
        !resumes || checkpoints != null, "--resume needs --checkpoint DIR to say where from");
    checkFolder("--checkpoint", checkpoints);
    checkFolder("--tensorboard", events);
  }

  private static void checkFolder(String option, @Nullable Path folder) {
    SettingException.unless(
        folder == null || !Files.exists(folder) || Files.isDirectory(folder),
        "%s: %s is no folder".formatted(option, folder));
  }

  /** Makes room for a line beside a bar. */
  void clearLine() {
    bar.clearLine();
  }

  /**
   * Trains by these options.
   *
   * @param name of the training among others that use the same folders; empty if it is alone
   */
  <B> void fit(Trainer<B> trainer, String name, Batches<B> data, Limit limit) {
    fit(trainer, name, data, limit, () -> {});
  }

  /**
   * The same.
   *
   * @param resumed is run after a resume, before the training goes on
   */
  <B> void fit(Trainer<B> trainer, String name, Batches<B> data, Limit limit, Runnable resumed) {
    if (events != null) {
      trainer.callbacks(new TensorBoardLog(events.resolve(name)));
    }
    if (!isSilent && ProgressDisplay.isTerminal()) {
      trainer.callbacks(bar);
    } else if (!isSilent && rows != null) {
      trainer.callbacks(rows);
    }
    if (checkpoints != null) {
      Checkpoints where = new Checkpoints(checkpoints.resolve(name)).every(BETWEEN_CHECKPOINTS);
      trainer.checkpoints(where);
      if (resumes) {
        resume(trainer, where, checkpoints.equals(events));
        resumed.run();
      }
    }
    try {
      trainer.fit(data, limit);
    } catch (CheckpointException e) {
      throw resumes ? new SettingException("--resume: " + e.getMessage()) : e;
    }
  }

  /**
   * Starts anew where there is nothing at all, so that a command can just be given again.
   *
   * @param isShared whether logs lie in the same folder
   */
  private static void resume(Trainer<?> trainer, Checkpoints where, boolean isShared) {
    try {
      SettingException.unless(
          trainer.resume() || isShared || isEmpty(where.folder()),
          "--resume: %s holds no checkpoint, but other files".formatted(where.folder()));
    } catch (CheckpointException e) {
      throw new SettingException("--resume: " + e.getMessage());
    }
  }

  /** A checkpoint that was being written when the process was killed has a name with a dot. */
  private static boolean isEmpty(Path folder) {
    if (!Files.exists(folder)) {
      return true;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.allMatch(file -> file.getFileName().toString().startsWith("."));
    } catch (IOException e) {
      throw new SettingException("--resume: %s cannot be read".formatted(folder));
    }
  }
}
