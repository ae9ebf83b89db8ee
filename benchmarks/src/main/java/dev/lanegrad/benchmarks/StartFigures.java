package dev.lanegrad.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Seconds from the start of a process; NaN where something was not reached.
 *
 * @param first to the end of the first step
 * @param ten to that of the tenth
 * @param hundred to that of the hundredth
 * @param thousand to that of the thousandth
 * @param steady microseconds of a step at the end
 * @param since until a step took at most 1.2 times that
 * @param jit seconds that the JIT compiled, on whatever thread
 */
record StartFigures(
    double first,
    double ten,
    double hundred,
    double thousand,
    double steady,
    double since,
    double jit) {
  /** So many stand before the windows of a {@link Steadiness}. */
  private static final int NUMBERS = 5;

  /**
   * What a process tells: the seconds of the first step, the tenth, the hundredth, the thousandth
   * and of the JIT, NaN where there is none, and its {@link Steadiness}.
   */
  static StartFigures parse(String line) {
    List<String> words = Arrays.asList(line.strip().split(" ", -1));
    double[] n = words.stream().limit(NUMBERS).mapToDouble(Double::parseDouble).toArray();
    Steadiness steadiness = Steadiness.parse(words.subList(NUMBERS, words.size()));
    return new StartFigures(n[0], n[1], n[2], n[3], steadiness.micros(), steadiness.since(), n[4]);
  }

  /** The median of each figure. */
  static StartFigures median(List<StartFigures> runs) {
    return new StartFigures(
        median(runs, StartFigures::first),
        median(runs, StartFigures::ten),
        median(runs, StartFigures::hundred),
        median(runs, StartFigures::thousand),
        median(runs, StartFigures::steady),
        median(runs, StartFigures::since),
        median(runs, StartFigures::jit));
  }

  private static double median(List<StartFigures> runs, ToDoubleFunction<StartFigures> figure) {
    double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  static String heading() {
    return "| what | cores | started | first step | 10 steps | 100 | 1,000 | steady | within 1.2 of"
        + " it after | JIT |\n"
        + "|---|--:|---|--:|--:|--:|--:|--:|--:|--:|";
  }

  /** A row of the table. */
  String row(String what, String cores, String started) {
    return "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |"
        .formatted(
            what,
            cores,
            started,
            seconds(first),
            seconds(ten),
            seconds(hundred),
            seconds(thousand),
            Double.isNaN(steady) ? "" : Report.time(1e3 * steady),
            seconds(since),
            seconds(jit));
  }

  static String seconds(double seconds) {
    return Double.isNaN(seconds) ? "" : String.format(Locale.ROOT, "%.2f s", seconds);
  }
}
