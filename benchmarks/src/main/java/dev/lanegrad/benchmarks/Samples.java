package dev.lanegrad.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The times of one row's probes, by launches of the processes and by rounds. */
final class Samples {
  /**
   * Of a ratio.
   *
   * @param median over all rounds
   * @param lowest median of a launch
   * @param highest median of a launch
   */
  record Spread(double median, double lowest, double highest) {}

  private final List<List<double[]>> launches = new ArrayList<>();

  /** The rounds from here on are those of new processes. */
  void startLaunch() {
    launches.add(new ArrayList<>());
  }

  /** The times of a round, in nanoseconds a call, in the order of the probes. */
  void add(double... nanos) {
    launches.getLast().add(nanos);
  }

  /** The middle of something that is computed from each round. */
  double median(ToDoubleFunction<double[]> value) {
    return median(launches.stream().flatMap(List::stream).mapToDouble(value).toArray());
  }

  /** The middle time of a probe. */
  double nanos(int probe) {
    return median(round -> round[probe]);
  }

  /** The middle of a ratio within rounds, over all and by launches. */
  Spread ratio(ToDoubleFunction<double[]> ratio) {
    double[] medians =
        launches.stream()
            .mapToDouble(rounds -> median(rounds.stream().mapToDouble(ratio).toArray()))
            .toArray();
    return new Spread(
        median(ratio),
        Arrays.stream(medians).min().orElseThrow(),
        Arrays.stream(medians).max().orElseThrow());
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
