package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * How formulas do that are hot in one process, against the loops of the same programs.
 *
 * @param count of the formulas
 * @param median of their ratios
 * @param lowest of their ratios
 * @param slowest the formula that has it
 */
record FormulaSummary(DType dtype, int count, double median, double lowest, String slowest) {

  /** One for each dtype that formulas were compared in. */
  static List<FormulaSummary> of(List<Comparison> comparisons) {
    List<FormulaSummary> summaries = new ArrayList<>();
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      List<Comparison> formulas =
          comparisons.stream()
              .filter(LoopTable::isFormula)
              .filter(c -> c.line().dtype() == dtype)
              .sorted(Comparator.comparingDouble(c -> c.ratio().median()))
              .toList();
      if (!formulas.isEmpty()) {
        double[] ratios = formulas.stream().mapToDouble(c -> c.ratio().median()).toArray();
        summaries.add(
            new FormulaSummary(
                dtype,
                ratios.length,
                Samples.median(ratios),
                ratios[0],
                formulas.getFirst().line().name()));
      }
    }
    return summaries;
  }

  /** A sentence. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d formulas in %s, all hot in one process, against loops of the same programs: "
            + "median %s, lowest %s (%s).",
        count,
        dtype,
        Report.ratio(median),
        Report.ratio(lowest),
        slowest);
  }
}
