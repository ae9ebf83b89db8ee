package dev.lanegrad.benchmarks;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Figures as Markdown. */
final class Report {
  private Report() {}

  /** The table of vector kernels against scalar ones. */
  static String kernels(List<Figures> figures) {
    StringJoiner lines = new StringJoiner("\n", "", "\n");
    lines.add(
        "| operation | dtype | size | scalar | vector | speed-up | launches | by the JIT alone "
            + "| of ceiling |");
    lines.add("|---|---|---|--:|--:|--:|--:|--:|--:|");
    for (Figures f : figures) {
      lines.add(
          "| %s | %s | %s | %s | %s | %s | %s | %s | %s |"
              .formatted(
                  f.task().name(),
                  f.task().dtype(),
                  f.task().shape(),
                  time(f.scalarNanos()),
                  time(f.vectorNanos()),
                  speedup(f.speedup().median()),
                  speedup(f.speedup().lowest()) + " to " + speedup(f.speedup().highest()),
                  f.isVectorizedByJit() ? speedup(f.jit()) : "",
                  share(f.share())));
    }
    return lines.toString();
  }

  /** The table of comparisons with hand-written loops and with other libraries. */
  static String comparisons(List<Comparison> comparisons) {
    StringJoiner lines = new StringJoiner("\n", "", "\n");
    lines.add("A ratio is the other's time over Lanegrad's: above 1 Lanegrad is faster.");
    lines.add("");
    lines.add(
        "| what | dtype | size | threads | Lanegrad | allocates | against | its time | ratio "
            + "| launches | wanted | reached |");
    lines.add("|---|---|---|--:|--:|--:|---|--:|--:|--:|--:|---|");
    Targets targets = new Targets(comparisons);
    for (Comparison c : comparisons) {
      lines.add(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %d | %s | %s | %s | %s | %s | %s | %s | %s |",
              c.line().name(),
              c.line().dtype(),
              c.line().shape(),
              c.line().threads(),
              time(c.nanos()),
              bytes(c.bytes()),
              c.line().against(),
              time(c.otherNanos()),
              ratio(c.ratio().median()),
              ratio(c.ratio().lowest()) + " to " + ratio(c.ratio().highest()),
              c.line().target().isNone() ? "" : ratio(c.line().target().ratio()),
              targets.of(c)));
    }
    if (targets.count() > 0) {
      lines.add("");
      lines.add(targets.toString());
    }
    for (FormulaSummary summary : FormulaSummary.of(comparisons)) {
      lines.add("");
      lines.add(summary.toString());
    }
    return lines.toString();
  }

  /** The table of this checkout against another. */
  static String checkouts(CheckoutSummary summary) {
    StringJoiner lines = new StringJoiner("\n", "", "\n");
    lines.add(
        "A ratio is the time in %s over that here: above 1 this checkout is faster."
            .formatted(summary.against()));
    lines.add("");
    lines.add("| what | dtype | size | threads | here | there | ratio | launches |");
    lines.add("|---|---|---|--:|--:|--:|--:|--:|");
    for (Comparison c : summary.compared()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %d | %s | %s | %s | %s |",
              c.line().name(),
              c.line().dtype(),
              c.line().shape(),
              c.line().threads(),
              time(c.nanos()),
              time(c.otherNanos()),
              preciseRatio(c.ratio().median()),
              preciseRatio(c.ratio().lowest()) + " to " + preciseRatio(c.ratio().highest())));
    }
    lines.add("");
    lines.add(summary.toString());
    return lines.toString();
  }

  /** The table of layers against the operations under them. */
  static String layers(List<LayerCost> costs) {
    StringJoiner lines = new StringJoiner("\n", "", "\n");
    lines.add("| layer | dtype | input | time | its operations by hand | the layer adds |");
    lines.add("|---|---|---|--:|--:|--:|");
    for (LayerCost c : costs) {
      lines.add(
          "| %s | %s | %s | %s | %s | %s |"
              .formatted(
                  c.task().name(),
                  c.task().dtype(),
                  c.task().shape(),
                  time(c.nanos()),
                  time(c.byHandNanos()),
                  difference(c.added())));
    }
    LayerCost most = Collections.max(costs, Comparator.comparingDouble(LayerCost::added));
    lines.add("");
    lines.add(
        "Most is added by %s: %s a call.".formatted(most.task().name(), difference(most.added())));
    return lines.toString();
  }

  private static String difference(double nanos) {
    return String.format(Locale.ROOT, "%+.2f us", nanos / 1e3);
  }

  /** A time in microseconds, to about three digits. */
  static String time(double nanos) {
    double micros = nanos / 1e3;
    String format =
        micros >= 100 ? "%,.0f us" : micros >= 10 ? "%.1f us" : micros >= 1 ? "%.2f us" : "%.3f us";
    return String.format(Locale.ROOT, format, micros);
  }

  /** A speed-up, to about two digits. */
  static String speedup(double ratio) {
    return String.format(Locale.ROOT, ratio >= 9.95 ? "%.0f" : "%.1f", ratio);
  }

  /** A ratio that is compared with 1. */
  static String ratio(double ratio) {
    return ratio >= 9.95 ? speedup(ratio) : String.format(Locale.ROOT, "%.2f", ratio);
  }

  /** A ratio that is close to 1. */
  static String preciseRatio(double ratio) {
    return String.format(Locale.ROOT, "%.3f", ratio);
  }

  private static String bytes(double bytes) {
    return Double.isNaN(bytes) ? "" : String.format(Locale.ROOT, "%,.1f KB", bytes / 1024);
  }

  private static String share(Figures.@Nullable Share share) {
    if (share == null) {
      return "";
    }
    String unit = share.of() == Ceiling.COPY ? "GB/s" : "GFLOP/s";
    return String.format(
        Locale.ROOT, "%.0f %% of %.0f %s", 100 * share.fraction(), share.speed(), unit);
  }
}
