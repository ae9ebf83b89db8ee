package dev.lanegrad.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Figures as one JSON object, times in nanoseconds. */
final class Json {
  private Json() {}

  static String of(
      Machine machine,
      List<Figures> figures,
      List<LayerCost> layers,
      List<Comparison> comparisons,
      @Nullable CheckoutSummary checkouts) {
    return String.format(
        Locale.ROOT,
        """
        {"processor":%s,"cores":%d,"java":%s,"lanes":%d,"peers":%s,
        "rows":%s,
        "layers":%s,
        "comparisons":%s,
        "against":%s}
        """,
        quoted(machine.processor()),
        machine.cores(),
        quoted(machine.java()),
        machine.lanes(),
        list(machine.peers().stream().map(Json::quoted).toList(), ","),
        list(figures.stream().map(Json::row).toList(), ",\n"),
        list(layers.stream().map(Json::layer).toList(), ",\n"),
        list(comparisons.stream().map(Json::comparison).toList(), ",\n"),
        checkouts == null ? "null" : checkouts(checkouts));
  }

  private static String row(Figures f) {
    Figures.Share share = f.share();
    return """
    {"name":%s,"dtype":%s,"shape":%s,"scalar_ns":%s,"vector_ns":%s,%s,\
    "jit":%s,"of_ceiling":%s,"ceiling":%s}\
    """
        .formatted(
            quoted(f.task().name()),
            quoted(f.task().dtype().toString()),
            quoted(f.task().shape()),
            number(f.scalarNanos()),
            number(f.vectorNanos()),
            spread("speedup", f.speedup()),
            number(f.jit()),
            number(share == null ? Double.NaN : share.fraction()),
            number(share == null ? Double.NaN : share.speed()));
  }

  private static String layer(LayerCost c) {
    return """
    {"name":%s,"dtype":%s,"shape":%s,"ns":%s,"by_hand_ns":%s,"added_ns":%s}\
    """
        .formatted(
            quoted(c.task().name()),
            quoted(c.task().dtype().toString()),
            quoted(c.task().shape()),
            number(c.nanos()),
            number(c.byHandNanos()),
            number(c.added()));
  }

  private static String comparison(Comparison c) {
    return String.format(
        Locale.ROOT,
        """
        {"name":%s,"dtype":%s,"shape":%s,"threads":%d,"ns":%s,"bytes":%s,"against":%s,\
        "other_ns":%s,"target":%s,%s}\
        """,
        quoted(c.line().name()),
        quoted(c.line().dtype().toString()),
        quoted(c.line().shape()),
        c.line().threads(),
        number(c.nanos()),
        number(c.bytes()),
        quoted(c.line().against()),
        number(c.otherNanos()),
        number(c.line().target().ratio()),
        spread("ratio", c.ratio()));
  }

  private static String checkouts(CheckoutSummary summary) {
    return """
    {"folder":%s,"geometric_mean":%s,"impossible":%s,
    "rows":%s}\
    """
        .formatted(
            quoted(summary.against()),
            number(summary.geometricMean()),
            list(summary.impossible().stream().map(Json::quoted).toList(), ","),
            list(summary.compared().stream().map(Json::comparison).toList(), ",\n"));
  }

  private static String spread(String name, Samples.Spread spread) {
    return "\"%s\":%s,\"lowest\":%s,\"highest\":%s"
        .formatted(
            name, number(spread.median()), number(spread.lowest()), number(spread.highest()));
  }

  private static String list(List<String> values, String separator) {
    StringJoiner joined = new StringJoiner(separator, "[", "]");
    values.forEach(joined::add);
    return joined.toString();
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
