package dev.lanegrad.plots;

import dev.lanegrad.autodiff.GraphView;
import dev.lanegrad.autodiff.GraphView.Numbers;
import dev.lanegrad.autodiff.GraphView.Result;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A node as it is drawn.
 *
 * @param kind the operation, or what kind of tensor it is
 * @param lines of text from top to bottom
 * @param tip all that is known of it
 * @param inputs the numbers of the nodes that it is computed from, in order
 */
record GraphNode(String kind, List<Label> lines, String tip, List<Integer> inputs) {
  private static final double SMALLEST_WIDTH = 30;
  private static final double PADDING = 8;

  /** An operation that has no name of its own, but a formula. */
  private static final String ELEMENTWISE = "elementwise";

  /** So many numbers are written out. */
  private static final int FEW = 4;

  static GraphNode of(GraphView.Node node) {
    List<Label> lines = new ArrayList<>();
    boolean isOne = node.results().size() == 1;
    lines.add(Label.of(Label.Role.NAME, isOne ? title(node, node.result()) : node.operation()));
    String formula = node.formula();
    if (formula != null && node.operation().equals(ELEMENTWISE)) {
      lines.add(Label.of(Label.Role.TYPE, formula.replaceFirst("^" + ELEMENTWISE, "")));
    }
    for (int k = 0; k < node.results().size(); k++) {
      Result result = node.results().get(k);
      String name = result.name() == null ? "result " + k : result.name();
      if (!isOne) {
        lines.add(Label.of(Label.Role.NAME, name));
      }
      if (result.type().shape().rank() > 0) {
        lines.add(Label.of(Label.Role.TYPE, result.type().toString()));
      }
      lines.add(Label.of(Label.Role.VALUE, text(result.values(), result.type().shape().rank())));
      Numbers gradient = result.gradient();
      if (gradient != null) {
        String text = text(gradient, result.type().shape().rank());
        lines.add(Label.of(Label.Role.GRADIENT, "gradient " + text));
      }
    }
    String tip = node + (formula == null ? "" : "\n" + formula);
    return new GraphNode(
        node.operation(), lines, tip, node.inputs().stream().map(i -> i.node()).toList());
  }

  /** What stands in the place of nodes that are left out. */
  static GraphNode elided(int count, List<Integer> inputs) {
    String text = String.format(Locale.ROOT, "… %,d nodes left out …", count);
    return new GraphNode("left out", List.of(Label.of(Label.Role.NAME, text)), text, inputs);
  }

  private static String title(GraphView.Node node, Result result) {
    String name = result.name();
    if (name == null) {
      return node.operation();
    }
    return node.inputs().isEmpty() ? name : name + " = " + node.operation();
  }

  /** A few numbers, or between which two they all lie. */
  private static String text(Numbers numbers, int rank) {
    if (rank == 0) {
      return text(numbers.item());
    }
    return numbers.size() > FEW
        ? "from "
            + ColorScale.text(numbers.smallest())
            + " to "
            + ColorScale.text(numbers.largest())
        : "["
            + Arrays.stream(numbers.first())
                .mapToObj(ColorScale::text)
                .collect(Collectors.joining(", "))
            + "]";
  }

  /** A number with up to six digits. */
  static String text(double value) {
    if (!Double.isFinite(value) || (value == Math.rint(value) && Math.abs(value) < 1e6)) {
      return ColorScale.text(value);
    }
    String text = String.format(Locale.ROOT, "%.6g", value);
    int exponent = text.indexOf('e');
    String digits = exponent < 0 ? text : text.substring(0, exponent);
    return digits.replaceFirst("\\.?0+$", "") + (exponent < 0 ? "" : text.substring(exponent));
  }

  double width() {
    return Math.max(SMALLEST_WIDTH, Label.widest(lines)) + 2 * PADDING;
  }

  double height() {
    return Label.height(lines) + PADDING;
  }

  Color fill() {
    return switch (kind) {
      case "parameter" -> Palette.lightest(5);
      case "input" -> Palette.lightest(0);
      case "constant" -> new Color(0xF2F2F2);
      default -> Color.WHITE;
    };
  }

  private Color border() {
    return switch (kind) {
      case "parameter" -> Palette.color(5);
      case "input" -> Palette.color(0);
      default -> Color.GRAY;
    };
  }

  void write(SvgText svg, double middle, double top, boolean isOutput) {
    svg.open("node", tip);
    svg.box(
        middle - width() / 2,
        top,
        width(),
        height(),
        isOutput ? Palette.lightest(2) : fill(),
        isOutput ? Palette.color(2) : border(),
        isOutput ? 2 : 1);
    Label.write(svg, lines, middle, top + PADDING / 2);
    svg.close();
  }

  /** The nodes of a view; of very many only the first and the last ones. */
  static List<GraphNode> all(GraphView view, int most) {
    List<GraphView.Node> nodes = view.nodes();
    if (nodes.size() <= most) {
      return nodes.stream().map(GraphNode::of).toList();
    }
    int first = most / 2;
    int left = nodes.size() - most;
    List<Integer> before =
        nodes.subList(first, first + left).stream()
            .flatMap(GraphNode::inputsOf)
            .filter(i -> i < first)
            .distinct()
            .sorted()
            .toList();
    return Stream.of(
            nodes.subList(0, first).stream().map(GraphNode::of),
            Stream.of(elided(left, before)),
            nodes.subList(first + left, nodes.size()).stream()
                .map(GraphNode::of)
                .map(node -> node.renumbered(first, left)))
        .flatMap(s -> s)
        .toList();
  }

  private static Stream<Integer> inputsOf(GraphView.Node node) {
    return node.inputs().stream().map(GraphView.Input::node);
  }

  /** With what was left out as one node, and one edge from there. */
  private GraphNode renumbered(int first, int left) {
    List<Integer> now = new ArrayList<>();
    for (int input : inputs) {
      boolean isLeftOut = input >= first && input < first + left;
      if (!isLeftOut) {
        now.add(input < first ? input : input - left + 1);
      } else if (!now.contains(first)) {
        now.add(first);
      }
    }
    return new GraphNode(kind, lines, tip, now);
  }
}
