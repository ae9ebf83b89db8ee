package dev.lanegrad.benchmarks;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * How this checkout does against another: ratios above 1 say that it is faster.
 *
 * @param against the other checkout
 * @param compared rows that both can do
 * @param impossible titles of rows that the other's library cannot do
 */
record CheckoutSummary(String against, List<Comparison> compared, List<String> impossible) {
  static CheckoutSummary of(String against, List<Comparison> comparisons) {
    return new CheckoutSummary(
        against,
        comparisons.stream().filter(CheckoutSummary::isPossible).toList(),
        comparisons.stream().filter(c -> !isPossible(c)).map(c -> c.line().title()).toList());
  }

  private static boolean isPossible(Comparison comparison) {
    return !Double.isNaN(comparison.ratio().median());
  }

  /** Of the ratios of all rows; NaN of none. */
  double geometricMean() {
    double logarithms = 0;
    for (Comparison comparison : compared) {
      logarithms += Math.log(comparison.ratio().median());
    }
    return Math.exp(logarithms / compared.size());
  }

  /** Two sentences at most. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    compared.stream()
        .min(Comparator.comparingDouble(c -> c.ratio().median()))
        .ifPresent(
            lowest ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "Geometric mean of %d ratios: %s, lowest %s (%s).",
                        compared.size(),
                        Report.preciseRatio(geometricMean()),
                        Report.preciseRatio(lowest.ratio().median()),
                        lowest.line().title())));
    if (!impossible.isEmpty()) {
      text.append(text.isEmpty() ? "" : "\n\n");
      text.append("The library in %s cannot do: ".formatted(against));
      text.append(String.join("; ", impossible)).append('.');
    }
    return text.toString();
  }
}
