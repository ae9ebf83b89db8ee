package dev.lanegrad.plots;

import dev.lanegrad.layers.Residual;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.layers.SummaryRow;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A layer as it is drawn: a box, with those inside of it below each other. */
final class NetworkBox {
  /** How the output of one inside is that of the whole. */
  private enum Flow {
    CHAIN,
    SKIP,
    UNKNOWN
  }

  private static final double PADDING = 10;
  private static final double GAP = 26;
  private static final double SKIP_ROOM = 26;
  private static final double SUM = 9;
  private static final Color LINE = new Color(0x707070);

  /**
   * What is drawn of layers within layers.
   *
   * @param depth so deep
   * @param children of each so many
   */
  record Limit(int depth, int children) {}

  private final List<Label> labels = new ArrayList<>();
  private final List<NetworkBox> inside = new ArrayList<>();
  private final String tip;
  private final boolean hasParameters;
  private Flow flow = Flow.UNKNOWN;

  private NetworkBox(String title) {
    labels.add(Label.of(Label.Role.NAME, title));
    tip = title;
    hasParameters = false;
  }

  /** The layer of one of the rows, and those that follow it inside of it. */
  NetworkBox(List<SummaryRow> rows, Limit limit) {
    SummaryRow row = rows.getFirst();
    String title = (row.name().isEmpty() ? "" : row.name() + ": ") + row.text();
    tip = title;
    hasParameters = row.parameters() > 0;
    labels.add(Label.of(Label.Role.NAME, title));
    if (row.output() != null) {
      labels.add(Label.of(Label.Role.VALUE, "output " + row.output()));
    }
    if (hasParameters) {
      labels.add(Label.of(Label.Role.GRADIENT, counted(row.parameters(), "parameter")));
    }
    List<List<SummaryRow>> children = children(rows);
    if (children.isEmpty()) {
      return;
    }
    if (limit.depth == 0) {
      labels.add(Label.of(Label.Role.TYPE, counted(rows.size() - 1, "layer") + " inside"));
      return;
    }
    flow =
        row.layer() instanceof Sequential
            ? Flow.CHAIN
            : row.layer() instanceof Residual ? Flow.SKIP : Flow.UNKNOWN;
    Limit inner = new Limit(limit.depth - 1, limit.children);
    int left = Math.max(0, children.size() - limit.children);
    int first = (children.size() - left + 1) / 2;
    for (int i = 0; i < children.size(); i++) {
      if (i < first || i >= first + left) {
        inside.add(new NetworkBox(children.get(i), inner));
      } else if (i == first) {
        inside.add(new NetworkBox("… " + counted(left, "layer") + " left out …"));
      }
    }
  }

  static String counted(long count, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
  }

  /** The rows of each layer that is directly inside. */
  private static List<List<SummaryRow>> children(List<SummaryRow> rows) {
    List<List<SummaryRow>> children = new ArrayList<>();
    int depth = rows.getFirst().depth() + 1;
    int start = 1;
    for (int i = 2; i <= rows.size(); i++) {
      if (i == rows.size() || rows.get(i).depth() == depth) {
        children.add(rows.subList(start, i));
        start = i;
      }
    }
    return children;
  }

  /** How many boxes it is made of. */
  int count() {
    return 1 + inside.stream().mapToInt(NetworkBox::count).sum();
  }

  double width() {
    double widest = inside.stream().mapToDouble(NetworkBox::width).max().orElse(0);
    double skip = flow == Flow.SKIP ? 2 * SKIP_ROOM : 0;
    return Math.max(Label.widest(labels), widest + skip) + 2 * PADDING;
  }

  double height() {
    double text = Label.height(labels) + PADDING;
    if (inside.isEmpty()) {
      return text;
    }
    double skip = flow == Flow.SKIP ? GAP + 2 * SUM : 0;
    double before = flow == Flow.SKIP ? GAP : PADDING;
    double boxes = inside.stream().mapToDouble(NetworkBox::height).sum();
    return text + before + boxes + GAP * (inside.size() - 1) + skip + PADDING;
  }

  void write(SvgText svg, double middle, double top) {
    svg.open("layer", tip);
    svg.box(middle - width() / 2, top, width(), height(), fill(), border(), 1);
    Label.write(svg, labels, middle, top + PADDING / 2);
    double y = top + Label.height(labels) + PADDING + (flow == Flow.SKIP ? GAP : PADDING);
    @Nullable NetworkBox last = null;
    double start = y;
    for (NetworkBox box : inside) {
      if (last != null && flow == Flow.CHAIN) {
        arrow(svg, middle, y - GAP, y);
      }
      box.write(svg, middle, y);
      y += box.height() + GAP;
      last = box;
    }
    if (flow == Flow.SKIP && last != null) {
      writeSkip(svg, middle, start, y - GAP, last.width());
    }
    svg.close();
  }

  /** Around the block, and into the sum below it. */
  private static void writeSkip(
      SvgText svg, double middle, double top, double bottom, double width) {
    double sum = bottom + GAP + SUM;
    double side = middle + width / 2 + SKIP_ROOM / 2;
    arrow(svg, middle, top - GAP, top);
    arrow(svg, middle, bottom, sum - SUM);
    svg.path(
        String.format(
            Locale.ROOT,
            "M%.2f %.2fH%.2fV%.2fH%.2f",
            middle,
            top - GAP / 2 - 4,
            side,
            sum,
            middle + SUM),
        LINE,
        false);
    svg.box(middle - SUM, sum - SUM, 2 * SUM, 2 * SUM, Color.WHITE, LINE, 1);
    svg.line("+", Lettering.AXIS, Color.BLACK, SUM, middle, sum + 4);
  }

  /** A line down with a head. */
  static void arrow(SvgText svg, double x, double from, double to) {
    svg.path(String.format(Locale.ROOT, "M%.2f %.2fV%.2f", x, from, to - 6), LINE, false);
    svg.arrowHead(x, to, LINE);
  }

  private Color fill() {
    if (!inside.isEmpty()) {
      return new Color(0xF7F9FB);
    }
    return hasParameters ? Palette.lightest(5) : Color.WHITE;
  }

  private Color border() {
    return hasParameters && inside.isEmpty() ? Palette.color(5) : Color.GRAY;
  }
}
