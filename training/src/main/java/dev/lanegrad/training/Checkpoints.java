package dev.lanegrad.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link Trainer} keeps checkpoints, and when: at its end and when the process is asked to
 * end (Ctrl-C) always, and every so many updates or minutes if wanted.
 *
 * <pre>{@code
 * trainer.checkpoints(
 *     new Checkpoints(folder).every(1_000).every(Duration.ofMinutes(10)).keepBest("val_loss"));
 * trainer.resume(); // goes on where the newest one ends, bit for bit; false if there is none
 * trainer.fit(training, validation, Limit.epochs(20));
 * }</pre>
 *
 * A checkpoint is a folder {@code step-N} with {@code model.safetensors} (what {@code
 * model.stateDict()} gives, which {@code Safetensors.read} reads), {@code optimizer.safetensors},
 * {@code training.safetensors} (position, history, running metrics, what callbacks remember), and
 * {@code manifest.sha256} with the SHA-256 sum of each, as {@code sha256sum -c} reads it. It is
 * written under another name and appears as a whole, so that a crash leaves the one before. While
 * it trains, a trainer holds a lock on the folder, in its file {@code .lock}, which ends with the
 * process: a second training there, of this process or of another, is refused.
 *
 * @param folder made if it is not there
 * @param steps updates between two of them; 0 for none
 * @param time between two of them; zero for none
 * @param last how many of the newest are kept, at least 1
 * @param best a series of the history, whose best checkpoint is kept too, or null
 */
public record Checkpoints(Path folder, long steps, Duration time, int last, @Nullable String best) {
  private static final String PREFIX = "step-";

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if a number is negative, or none is to be kept
   */
  public Checkpoints {
    Objects.requireNonNull(folder, "checkpoints: folder is null");
    Objects.requireNonNull(time, "checkpoints: time is null");
    if (steps < 0 || time.isNegative() || last < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "checkpoints: every %d steps, every %s, and the last %d: take at least 0, 0 and 1",
              steps,
              time,
              last));
    }
  }

  /** The last 3, written at the end only. */
  public Checkpoints(Path folder) {
    this(folder, 0, Duration.ZERO, 3, null);
  }

  /** The same with one every so many updates. */
  public Checkpoints every(long updates) {
    return new Checkpoints(folder, updates, time, last, best);
  }

  /** The same with one after so much time. */
  public Checkpoints every(Duration passed) {
    return new Checkpoints(
        folder, steps, Objects.requireNonNull(passed, "checkpoints: passed is null"), last, best);
  }

  /** The same with another number of newest ones that are kept. */
  public Checkpoints keepLast(int count) {
    return new Checkpoints(folder, steps, time, count, best);
  }

  /**
   * The same with one at each report that has the best value so far; that one is kept.
   *
   * @param series of the history, such as {@code val_loss}
   */
  public Checkpoints keepBest(String series) {
    return new Checkpoints(
        folder, steps, time, last, Objects.requireNonNull(series, "checkpoints: series is null"));
  }

  /**
   * The checkpoints that there are, from old to new.
   *
   * @throws CheckpointException if the folder cannot be read
   */
  public List<Path> list() {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> found = new ArrayList<>(entries.filter(entry -> step(entry) >= 0).toList());
      found.sort(Comparator.comparingLong(Checkpoints::step));
      return List.copyOf(found);
    } catch (IOException e) {
      throw new CheckpointException("%s: cannot be read: %s".formatted(folder, e.getMessage()), e);
    }
  }

  /** The folder of a step. */
  Path at(long step) {
    return folder.resolve(String.format(Locale.ROOT, "%s%010d", PREFIX, step));
  }

  /** The step that a folder's name tells, or -1. */
  static long step(Path checkpoint) {
    String name = checkpoint.getFileName().toString();
    return name.matches(PREFIX + "\\d{10,18}") ? Long.parseLong(name.substring(5)) : -1;
  }

  boolean resume(TrainingRun run, boolean passesOverDamaged) {
    List<Path> found = list();
    if (found.isEmpty()) {
      return false;
    }
    if (!passesOverDamaged) {
      Checkpoint.read(found.getLast()).restore(run);
      return true;
    }
    List<CheckpointException> damages = new ArrayList<>();
    for (Path path : found.reversed()) {
      try {
        Checkpoint.read(path).restore(run);
        return true;
      } catch (CheckpointException e) {
        damages.add(e);
      }
    }
    CheckpointException none =
        new CheckpointException(
            String.format(
                Locale.ROOT,
                "%s: none of its %d checkpoints can be used: %s",
                folder,
                found.size(),
                damages.getFirst().getMessage()));
    damages.forEach(none::addSuppressed);
    throw none;
  }
}
