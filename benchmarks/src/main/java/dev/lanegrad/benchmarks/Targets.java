package dev.lanegrad.benchmarks;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which of some comparisons reach their {@link Target}. */
final class Targets {
  /** Less than this part of a target is far from it. */
  private static final double FAR = 0.85;

  private final List<Comparison> judged;
  private final Map<Result, Comparison> slowest = new HashMap<>();

  /** What is compared with several others. */
  private record Result(String name, String dtype, String shape, int threads) {
    static Result of(Line line) {
      return new Result(line.name(), line.dtype().toString(), line.shape(), line.threads());
    }
  }

  Targets(List<Comparison> comparisons) {
    for (Comparison c : comparisons) {
      if (c.line().target().isOfSlower()) {
        slowest.merge(Result.of(c.line()), c, (a, b) -> part(a) >= part(b) ? a : b);
      }
    }
    judged = comparisons.stream().filter(this::counts).toList();
  }

  /** How much of its target a comparison reaches. */
  private static double part(Comparison c) {
    return c.ratio().median() / c.line().target().ratio();
  }

  private boolean counts(Comparison c) {
    Target target = c.line().target();
    return !target.isNone() && (!target.isOfSlower() || c.equals(slowest.get(Result.of(c.line()))));
  }

  /** How many targets there are. */
  int count() {
    return judged.size();
  }

  private List<Comparison> missed() {
    return judged.stream().filter(c -> !(part(c) >= 1)).toList();
  }

  /** In a word or two for a comparison; empty where there is no target. */
  String of(Comparison c) {
    if (c.line().target().isNone()) {
      return "";
    }
    if (!counts(c)) {
      return "the slower counts";
    }
    return part(c) >= 1 ? "yes" : part(c) >= FAR ? "no" : "far from it";
  }

  /** How many are reached, then those that are not. */
  @Override
  public String toString() {
    List<Comparison> missed = missed();
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "Of %d targets %d are reached, and %d missed by more than %.0f %%.",
                judged.size(),
                judged.size() - missed.size(),
                missed.stream().filter(c -> !(part(c) >= FAR)).count(),
                100 * (1 - FAR)));
    for (Comparison c : missed) {
      text.append(
          String.format(
              Locale.ROOT,
              "\n- %s: %s wanted, %s measured",
              c.line().title(),
              Report.ratio(c.line().target().ratio()),
              Report.ratio(c.ratio().median())));
    }
    return text.toString();
  }
}
