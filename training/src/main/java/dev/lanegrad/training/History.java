package dev.lanegrad.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * What a training went through, as data.
 *
 * @param series by name: {@code loss} and the names of the metrics over the training batches since
 *     the report before, the same with {@code val_} before it of the validation set, and {@code
 *     learning_rate}
 * @param steps updates of the weights
 * @param epochs that were completed
 * @param seconds spent, before a resume too
 * @param reason why it ended; empty while it runs
 */
public record History(
    SequencedMap<String, List<Point>> series,
    long steps,
    int epochs,
    double seconds,
    String reason) {
  /**
   * A value after so many steps.
   *
   * @param step updates done
   * @param epoch in which, from 0
   */
  public record Point(long step, int epoch, double value) {}

  /** Keeps the order and copies what is given. */
  public History {
    SequencedMap<String, List<Point>> copy = new LinkedHashMap<>();
    series.forEach((name, points) -> copy.put(name, List.copyOf(points)));
    series = Collections.unmodifiableSequencedMap(copy);
  }

  /**
   * The points of a series.
   *
   * @throws IllegalArgumentException if there is none, naming those that there are
   */
  public List<Point> points(String name) {
    Objects.requireNonNull(name, "history: name is null");
    List<Point> points = series.get(name);
    if (points == null) {
      throw new IllegalArgumentException(
          "history: there is no series \"%s\", only %s".formatted(name, series.keySet()));
    }
    return points;
  }

  /** How long it took, why it ended, and the last value of each series. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("History[");
    text.append(String.format(Locale.ROOT, "%d steps, %d epochs", steps, epochs));
    text.append(reason.isEmpty() ? "" : ", " + reason);
    series.forEach((name, points) -> text.append(", %s %s".formatted(name, last(name))));
    return text.append(']').toString();
  }

  /**
   * The values of a series.
   *
   * @throws IllegalArgumentException if there is no such series, naming those that there are
   */
  public double[] values(String name) {
    return points(name).stream().mapToDouble(Point::value).toArray();
  }

  /**
   * The steps after which {@link #values} were taken.
   *
   * @throws IllegalArgumentException if there is no such series, naming those that there are
   */
  public double[] steps(String name) {
    return points(name).stream().mapToDouble(Point::step).toArray();
  }

  /**
   * The last value of a series.
   *
   * @throws IllegalArgumentException if there is no such series, naming those that there are
   */
  public double last(String name) {
    return points(name).getLast().value();
  }

  /**
   * The first point with the largest value of a series, or the smallest; NaN counts only where
   * there is nothing else.
   *
   * @throws IllegalArgumentException if there is no such series, naming those that there are
   */
  public Point best(String name, boolean largest) {
    return points(name).stream()
        .reduce((a, b) -> isBetter(b.value, a.value, largest) ? b : a)
        .orElseThrow();
  }

  private static boolean isBetter(double candidate, double other, boolean largest) {
    if (Double.isNaN(other)) {
      return !Double.isNaN(candidate);
    }
    return largest ? candidate > other : candidate < other;
  }
}
