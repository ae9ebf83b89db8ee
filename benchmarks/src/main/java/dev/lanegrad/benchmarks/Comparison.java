package dev.lanegrad.benchmarks;

/**
 * What a line of the table of comparisons says.
 *
 * @param nanos median time of a call of ours
 * @param otherNanos median time of a call of the other's
 * @param ratio the other's over ours: above 1 ours is faster
 * @param bytes that a call of ours allocates, or NaN where nobody asked
 */
record Comparison(Line line, double nanos, double otherNanos, Samples.Spread ratio, double bytes) {

  static Comparison of(Line line, Samples samples, double bytes) {
    return new Comparison(
        line,
        samples.nanos(line.ours().getFirst()),
        samples.nanos(line.others().getFirst()) + line.allowance(),
        samples.ratio(line::ratio),
        bytes);
  }
}
