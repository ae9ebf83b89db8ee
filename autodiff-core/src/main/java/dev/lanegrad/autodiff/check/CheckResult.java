package dev.lanegrad.autodiff.check;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The outcome of a {@link GradientCheck}.
 *
 * @param function the name of what was checked
 * @param comparisons how many derivatives were compared
 * @param mismatches those that differ, the worst first, or that differences cannot confirm; empty
 *     if the check passed
 */
public record CheckResult(String function, int comparisons, List<Mismatch> mismatches) {
  private static final int SHOWN = 3;

  public CheckResult {
    mismatches = List.copyOf(mismatches);
  }

  /** Whether every comparison agrees. */
  public boolean passed() {
    return mismatches.isEmpty();
  }

  /**
   * Whether no derivative differs for certain, but rounding of the function's values hides what
   * some would have to be compared with: neither passed nor wrong.
   */
  public boolean isInconclusive() {
    return Mismatch.areInconclusive(mismatches);
  }

  @Override
  public String toString() {
    if (passed()) {
      return String.format(
          Locale.ROOT, "gradient check of %s: %,d derivatives agree", function, comparisons);
    }
    String shown =
        mismatches.stream()
            .limit(SHOWN)
            .map(m -> "\n  " + m.toString().replace("\n", "\n    "))
            .collect(Collectors.joining());
    return String.format(
        Locale.ROOT,
        "gradient check of %s: %s%,d of %,d derivatives %s%s%s",
        function,
        isInconclusive() ? "inconclusive: " : "",
        mismatches.size(),
        comparisons,
        isInconclusive() ? "cannot be confirmed" : "differ",
        shown,
        mismatches.size() > SHOWN ? "\n  ..." : "");
  }
}
