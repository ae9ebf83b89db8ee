package dev.lanegrad.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** Figures as Markdown and as JSON. */
final class Report {
  private Report() {}

  /** A Markdown table. */
  static String markdown(List<Figures> figures) {
    StringJoiner lines = new StringJoiner("\n", "", "\n");
    lines.add("| operation | dtype | size | scalar | vector | speed-up | launches | of ceiling |");
    lines.add("|---|---|---|--:|--:|--:|--:|--:|");
    for (Figures f : figures) {
      lines.add(
          "| %s | %s | %s | %s | %s | %s | %s to %s | %s |"
              .formatted(
                  f.row().operation(),
                  f.row().dtype(),
                  f.row().shape(),
                  time(f.scalarNanos()),
                  time(f.vectorNanos()),
                  ratio(f.speedup()),
                  ratio(f.lowest()),
                  ratio(f.highest()),
                  ceiling(f)));
    }
    return lines.toString();
  }

  /** A time in microseconds, to about three digits. */
  static String time(double nanos) {
    double micros = nanos / 1e3;
    String format = micros >= 100 ? "%,.0f us" : micros >= 10 ? "%.1f us" : "%.2f us";
    return String.format(Locale.ROOT, format, micros);
  }

  /** A ratio, to about two digits. */
  static String ratio(double ratio) {
    return String.format(Locale.ROOT, ratio >= 9.95 ? "%.0f" : "%.1f", ratio);
  }

  private static String ceiling(Figures figures) {
    return switch (figures.row().operation().ceiling()) {
      case FMA -> percent(figures) + " of " + speed(figures) + " GFLOP/s";
      case COPY -> percent(figures) + " of " + speed(figures) + " GB/s";
      case NONE -> "";
    };
  }

  private static String percent(Figures figures) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * figures.fraction());
  }

  private static String speed(Figures figures) {
    return String.format(Locale.ROOT, "%.0f", figures.ceiling());
  }

  /** One object with all figures, times in nanoseconds. */
  static String json(Machine machine, List<Figures> figures) {
    StringJoiner rows = new StringJoiner(",\n", "[\n", "\n]");
    for (Figures f : figures) {
      rows.add(
          ("{\"operation\":%s,\"dtype\":%s,\"size\":%d,\"scalar_ns\":%s,\"vector_ns\":%s,"
                  + "\"speedup\":%s,\"lowest\":%s,\"highest\":%s,\"of_ceiling\":%s,\"ceiling\":%s}")
              .formatted(
                  quoted(f.row().operation().toString()),
                  quoted(f.row().dtype().toString()),
                  f.row().size(),
                  number(f.scalarNanos()),
                  number(f.vectorNanos()),
                  number(f.speedup()),
                  number(f.lowest()),
                  number(f.highest()),
                  number(f.fraction()),
                  number(f.ceiling())));
    }
    return "{\"processor\":%s,\"cores\":%d,\"java\":%s,\"lanes\":%d,\"rows\":%s}%n"
        .formatted(
            quoted(machine.processor()),
            machine.cores(),
            quoted(machine.java()),
            machine.lanes(),
            rows);
  }

  private static String number(double value) {
    return Double.isFinite(value) ? Double.toString(value) : "null";
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else {
        json.append(c < ' ' ? ' ' : c);
      }
    }
    return json.append('"').toString();
  }
}
