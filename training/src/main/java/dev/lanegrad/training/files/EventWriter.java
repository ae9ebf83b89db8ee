package dev.lanegrad.training.files;

import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.training.DataException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes what TensorBoard shows:
 *
 * <pre>{@code
 * try (EventWriter log = EventWriter.open(folder)) {
 *   log.scalar("loss/training", step, loss);
 *   log.histogram("weights/0", step, model.stateDict().get("0.weight"));
 * }
 * }</pre>
 *
 * <p>A folder is one run. What stands before the first slash of a tag groups charts; runs in
 * folders beside each other, such as {@code train} and {@code val}, share the charts of one tag.
 * Every record is written whole and at once, so that TensorBoard can follow. Several threads may
 * write. Each method throws a {@link DataException} if the file cannot be written, and an {@link
 * IllegalArgumentException} if a step is negative.
 */
public final class EventWriter implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile("events\\.out\\.tfevents\\.(\\d{1,18})\\..*");
  private static final double NANOS = 1e-9;

  private final Path path;
  private final FileOutputStream out;
  private final InstantSource clock;

  private EventWriter(Path path, FileOutputStream out, InstantSource clock) {
    this.path = path;
    this.out = out;
    this.clock = clock;
  }

  /**
   * A new file in a folder, which is made if there is none.
   *
   * @throws DataException if it cannot be written
   */
  public static EventWriter open(Path folder) {
    return open(Objects.requireNonNull(folder, "eventWriter: folder is null"), Clock.systemUTC());
  }

  /** The same by another clock. */
  static EventWriter open(Path folder, InstantSource clock) {
    try {
      Files.createDirectories(folder);
      EventWriter writer = create(folder, clock);
      writer.write(0, new Event.FileVersion(EventFile.VERSION + 2));
      return writer;
    } catch (IOException e) {
      throw new DataException("%s: cannot be written: %s".formatted(folder, e.getMessage()), e);
    }
  }

  /**
   * A new file in a folder for a training that goes on: the points from this step on that are there
   * already are no longer shown.
   *
   * @param step the first step that will be written
   * @throws DataException if it cannot be written
   */
  public static EventWriter resume(Path folder, long step) {
    requireStep(step);
    EventWriter writer = open(folder);
    writer.write(step, new Event.SessionStart());
    return writer;
  }

  /** TensorBoard reads the files of a folder in the order of their names: this one is the last. */
  private static EventWriter create(Path folder, InstantSource clock) throws IOException {
    long second = clock.instant().getEpochSecond();
    try (Stream<Path> files = Files.list(folder)) {
      second = Math.max(second, files.mapToLong(EventWriter::second).max().orElse(0) + 1);
    }
    while (true) {
      Path path =
          folder.resolve(
              String.format(
                  Locale.ROOT,
                  "events.out.tfevents.%010d.%s.%d.0",
                  second,
                  host(),
                  ProcessHandle.current().pid()));
      try {
        Files.createFile(path);
        return new EventWriter(path, new FileOutputStream(path.toFile()), clock);
      } catch (FileAlreadyExistsException e) {
        second++;
      }
    }
  }

  private static long second(Path file) {
    Matcher matcher = NAME.matcher(String.valueOf(file.getFileName()));
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
  }

  private static String host() {
    String name = System.getenv("HOSTNAME");
    return name == null || !name.matches("[A-Za-z0-9.-]+") ? "localhost" : name;
  }

  /** The file. */
  public Path path() {
    return path;
  }

  /** A point of a curve, rounded to float32. */
  public void scalar(String tag, long step, double value) {
    write(tag, step, new Event.Scalar((float) value));
  }

  /** How the finite elements of a tensor are spread; nothing if there are none. */
  public void histogram(String tag, long step, Tensor values) {
    Objects.requireNonNull(values, "eventWriter: values is null");
    Histogram.of(values.toDoubleArray()).ifPresent(histogram -> write(tag, step, histogram));
  }

  /**
   * A picture; see {@link Image#of}.
   *
   * @throws ShapeException if the tensor has not the shape of one
   */
  public void image(String tag, long step, Tensor picture) {
    Objects.requireNonNull(picture, "eventWriter: picture is null");
    write(tag, step, Image.of(picture));
  }

  /** A text in Markdown. */
  public void text(String tag, long step, String text) {
    Objects.requireNonNull(text, "eventWriter: text is null");
    write(tag, step, new Event.Text(text));
  }

  private void write(String tag, long step, Event.Shown shown) {
    Objects.requireNonNull(tag, "eventWriter: tag is null");
    requireStep(step);
    write(step, new Event.Summary(List.of(new Event.Value(tag, shown))));
  }

  private static void requireStep(long step) {
    if (step < 0) {
      throw new IllegalArgumentException("events: steps count from 0, unlike " + step);
    }
  }

  private synchronized void write(long step, Event.Content content) {
    Instant now = clock.instant();
    double wallTime = now.getEpochSecond() + now.getNano() * NANOS;
    try {
      out.write(EventFile.framed(new Event(wallTime, step, content).bytes()));
    } catch (IOException e) {
      throw new DataException("%s: cannot be written: %s".formatted(path, e.getMessage()), e);
    }
  }

  /** Closes the file; there is nothing that it does not have yet. */
  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new DataException("%s: cannot be closed: %s".formatted(path, e.getMessage()), e);
    }
  }

  @Override
  public String toString() {
    return "EventWriter[%s]".formatted(path);
  }
}
