package dev.lanegrad.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The times of one row, by launches of the JVMs and by rounds. */
final class Samples {
  /**
   * Slots that were timed one after another.
   *
   * @param scalar nanoseconds a call
   * @param vector nanoseconds a call
   * @param reference nanoseconds a call of what the row is measured by, or NaN
   */
  record Round(double scalar, double vector, double reference) {}

  private final List<List<Round>> launches = new ArrayList<>();

  /** The rounds from here on are those of new JVMs. */
  void startLaunch() {
    launches.add(new ArrayList<>());
  }

  void add(Round round) {
    launches.getLast().add(round);
  }

  /** What the table shows of them. */
  Figures summarize(Row row) {
    List<Round> all = launches.stream().flatMap(List::stream).toList();
    double[] speedups =
        launches.stream().mapToDouble(l -> median(l, r -> r.scalar / r.vector)).toArray();
    Row reference = row.reference();
    double times = reference == null ? Double.NaN : row.work() / reference.work();
    return new Figures(
        row,
        median(all, Round::scalar),
        median(all, Round::vector),
        median(all, r -> r.scalar / r.vector),
        Arrays.stream(speedups).min().orElseThrow(),
        Arrays.stream(speedups).max().orElseThrow(),
        reference == null ? Double.NaN : median(all, r -> times * r.reference / r.vector),
        reference == null ? Double.NaN : reference.work() / median(all, Round::reference));
  }

  private static double median(List<Round> rounds, ToDoubleFunction<Round> value) {
    return median(rounds.stream().mapToDouble(value).toArray());
  }

  /** The middle value, or the mean of the two in the middle. */
  static double median(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("the median of nothing");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
