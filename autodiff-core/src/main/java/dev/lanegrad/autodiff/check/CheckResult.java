package dev.lanegrad.autodiff.check;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The outcome of a {@link GradientCheck}.
 *
 * @param function the name of what was checked
 * @param comparisons how many derivatives were compared
 * @param mismatches those that differ, the worst first; empty if the check passed
 */
public record CheckResult(String function, int comparisons, List<Mismatch> mismatches) {
  private static final int SHOWN = 3;

  public CheckResult {
    mismatches = List.copyOf(mismatches);
  }

  public boolean passed() {
    return mismatches.isEmpty();
  }

  @Override
  public String toString() {
    if (passed()) {
      return "gradient check of %s: %,d derivatives agree".formatted(function, comparisons);
    }
    String shown =
        mismatches.stream()
            .limit(SHOWN)
            .map(m -> "\n  " + m.toString().replace("\n", "\n    "))
            .collect(Collectors.joining());
    return "gradient check of %s: %,d of %,d derivatives differ%s%s"
        .formatted(
            function,
            mismatches.size(),
            comparisons,
            shown,
            mismatches.size() > SHOWN ? "\n  ..." : "");
  }
}
