package dev.lanegrad.training;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the checkpoints of one training, and deletes those that are not kept. */
final class CheckpointWriter {
  private static final String UNFINISHED = ".unfinished-";

  private final TrainingRun run;
  private final @Nullable Checkpoints settings;
  private final String data;
  private long lastStep;
  private long lastTime = System.nanoTime();
  private boolean isBest;

  private CheckpointWriter(TrainingRun run, @Nullable Checkpoints settings, String data) {
    this.run = run;
    this.settings = settings;
    this.data = data;
    this.lastStep = run.step();
  }

  /**
   * For a training from where it is.
   *
   * @throws CheckpointException if the folder holds checkpoints that the training did not go on
   *     from
   */
  static CheckpointWriter of(TrainingRun run, String data) {
    Checkpoints settings = run.checkpoints();
    if (settings != null) {
      if (settings.best() != null) {
        run.isBetterLarger(settings.best());
      }
      List<Path> found = settings.list();
      if (run.step() == 0 && !found.isEmpty()) {
        throw new CheckpointException(
            String.format(
                    Locale.ROOT,
                    "%s: has checkpoints of an earlier training up to step %d: call resume(), or"
                        + " take",
                    settings.folder(),
                    Checkpoints.step(found.getLast()))
                + " another folder");
      }
    }
    return new CheckpointWriter(run, settings, data);
  }

  /**
   * Makes the folder, locks it, and clears away what a killed process left.
   *
   * @return the lock, null if there are no checkpoints
   * @throws CheckpointException if another training writes there
   */
  @Nullable FolderLock begin() {
    if (settings == null) {
      return null;
    }
    Path folder = settings.folder();
    FolderLock lock = null;
    boolean isReady = false;
    try {
      Files.createDirectories(folder);
      lock = FolderLock.of(folder);
      List<Path> left;
      try (Stream<Path> entries = Files.list(folder)) {
        left = entries.filter(e -> e.getFileName().toString().startsWith(UNFINISHED)).toList();
      }
      for (Path each : left) {
        delete(each);
      }
      isReady = true;
      return lock;
    } catch (IOException e) {
      throw new CheckpointException(
          "%s: cannot be used for checkpoints: %s".formatted(folder, e), e);
    } finally {
      if (!isReady && lock != null) {
        lock.close();
      }
    }
  }

  boolean isOn() {
    return settings != null;
  }

  /** Whether it is time for one. */
  boolean isDue() {
    return settings != null
        && (isBest
            || (settings.steps() > 0 && run.step() % settings.steps() == 0)
            || (settings.time().isPositive()
                && System.nanoTime() - lastTime >= settings.time().toNanos()));
  }

  /** Notes whether a report is the best so far. */
  void reported(Map<String, Double> values) {
    String best = settings == null ? null : settings.best();
    if (best != null) {
      Double value = values.get(best);
      if (value == null) {
        throw new IllegalArgumentException(
            "checkpoints: no \"%s\" was reported, only %s; is there a validation set?"
                .formatted(best, values.keySet()));
      }
      isBest |= bestStep(best) == run.step();
    }
  }

  private long bestStep(String series) {
    History history = run.progress().history();
    return history.series().containsKey(series)
        ? history.best(series, run.isBetterLarger(series)).step()
        : -1;
  }

  /** Writes one unless the newest is of this step. */
  void writeLast() {
    if (settings != null && (lastStep != run.step() || run.step() == 0 || isBest)) {
      write();
    }
  }

  /** Writes one and gives its folder. */
  Path write() {
    if (settings == null) {
      throw new IllegalStateException("no checkpoints");
    }
    Path target = settings.at(run.step());
    Path unfinished = settings.folder().resolve(UNFINISHED + target.getFileName());
    try {
      delete(unfinished);
      Files.createDirectory(unfinished);
      Checkpoint.of(run, target, data).writeTo(unfinished);
      sync(unfinished);
      if (Files.exists(target)) {
        delete(target);
      }
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
      sync(settings.folder());
      lastStep = run.step();
      lastTime = System.nanoTime();
      isBest = false;
      deleteOld(settings);
    } catch (IOException e) {
      throw new CheckpointException("%s: cannot be written: %s".formatted(target, e), e);
    }
    return target;
  }

  private void deleteOld(Checkpoints kept) throws IOException {
    List<Path> all = kept.list();
    long best = kept.best() == null ? -1 : bestStep(kept.best());
    for (Path old : all.subList(0, Math.max(0, all.size() - kept.last()))) {
      if (Checkpoints.step(old) != best) {
        delete(old);
      }
    }
  }

  private static void sync(Path folder) {
    try (FileChannel channel = FileChannel.open(folder)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no folder as a file
    }
  }

  /** Deletes a folder; first it loses the name by which it is a checkpoint. */
  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Path gone = folder.resolveSibling(UNFINISHED + "old-" + folder.getFileName());
    if (!folder.getFileName().toString().startsWith(UNFINISHED)) {
      if (Files.exists(gone)) {
        deleteTree(gone);
      }
      Files.move(folder, gone, StandardCopyOption.ATOMIC_MOVE);
      deleteTree(gone);
    } else {
      deleteTree(folder);
    }
  }

  private static void deleteTree(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException error)
              throws IOException {
            if (error != null) {
              throw error;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
