package dev.lanegrad.plots;

import dev.lanegrad.autodiff.GraphView;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Draws computational graphs: every operation with its name, the shape of its result, numbers where
 * they are few, and gradients.
 *
 * <pre>{@code
 * Tensor x = Tensor.scalar(DType.FLOAT64, 2).requiresGrad();
 * GraphView view = GraphView.record(Map.of("x", x), () -> x.add(1).mul(2).square());
 * Files.writeString(folder.resolve("graph.svg"), Graphs.toSvg(view));
 * }</pre>
 *
 * <p>Inputs enter an operation from left to right in their order. Of a graph of more than {@value
 * #MOST} nodes the first and the last are drawn, and between them how many are left out.
 */
public final class Graphs {
  /** So many nodes are drawn of a graph. */
  public static final int MOST = 120;

  private static final double MARGIN = 14;
  private static final double HEAD = 7;
  private static final Color EDGE = new Color(0x707070);

  private Graphs() {}

  /**
   * A graph in the language of Graphviz.
   *
   * @throws PlotException if the graph has no nodes
   */
  public static String toDot(GraphView view) {
    List<GraphNode> nodes = nodes(view);
    StringBuilder dot = new StringBuilder("digraph {\n  node [shape=box, style=filled];\n");
    for (int i = 0; i < nodes.size(); i++) {
      GraphNode node = nodes.get(i);
      String label = node.lines().stream().map(Label::text).collect(Collectors.joining("\n"));
      dot.append(
          String.format(
              Locale.ROOT,
              "  n%d [label=\"%s\", tooltip=\"%s\", fillcolor=\"#%06x\"];\n",
              i,
              quoted(label),
              quoted(node.tip()),
              node.fill().getRGB() & 0xFFFFFF));
      for (int input : node.inputs()) {
        dot.append(String.format(Locale.ROOT, "  n%d -> n%d;\n", input, i));
      }
    }
    return dot.append("}\n").toString();
  }

  /** For a string of Graphviz: backslashes would begin escapes, and lines end by one. */
  private static String quoted(String text) {
    return text.replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\r", "")
        .replace("\n", "\\n")
        .replace("\0", "?");
  }

  private static List<GraphNode> nodes(GraphView view) {
    Present.of("graph", "view", view);
    if (view.nodes().isEmpty()) {
      throw new PlotException("graph: there are no nodes to show");
    }
    return GraphNode.all(view, MOST);
  }

  /**
   * A graph as a document of SVG, as large as it needs to be.
   *
   * @throws PlotException if the graph has no nodes
   */
  public static String toSvg(GraphView view) {
    List<GraphNode> nodes = nodes(view);
    List<LayeredLayout.Edge> edges = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      List<Integer> inputs = nodes.get(i).inputs();
      for (int k = 0; k < inputs.size(); k++) {
        double port = 0.8 * ((k + 0.5) / inputs.size() - 0.5);
        edges.add(new LayeredLayout.Edge(inputs.get(k), i, port));
      }
    }
    LayeredLayout layout =
        new LayeredLayout(
            nodes.stream().mapToDouble(GraphNode::width).toArray(),
            nodes.stream().mapToDouble(GraphNode::height).toArray(),
            edges);
    SvgText svg =
        new SvgText(
            layout.width() + 2 * MARGIN,
            layout.height() + 2 * MARGIN,
            "Computational graph",
            String.format(Locale.ROOT, "%,d nodes", view.nodes().size()));
    for (int e = 0; e < edges.size(); e++) {
      writeEdge(svg, layout, nodes, edges.get(e), layout.bends(e));
    }
    for (int i = 0; i < nodes.size(); i++) {
      nodes.get(i).write(svg, layout.x(i) + MARGIN, layout.y(i) + MARGIN, i == nodes.size() - 1);
    }
    return svg.finished();
  }

  /** Down in the layers and in curves between them. */
  private static void writeEdge(
      SvgText svg,
      LayeredLayout layout,
      List<GraphNode> nodes,
      LayeredLayout.Edge edge,
      List<LayeredLayout.Bend> bends) {
    double x = layout.x(edge.from()) + MARGIN;
    double y = layout.floor(edge.from()) + MARGIN;
    double below = layout.y(edge.from()) + nodes.get(edge.from()).height() + MARGIN;
    StringBuilder path = new StringBuilder();
    path.append(String.format(Locale.ROOT, "M%.2f %.2fV%.2f", x, below, y));
    for (LayeredLayout.Bend bend : bends) {
      curve(path, y, bend.x() + MARGIN, bend.top() + MARGIN, x);
      x = bend.x() + MARGIN;
      y = bend.bottom() + MARGIN;
      path.append(String.format(Locale.ROOT, "V%.2f", y));
    }
    double endX = layout.x(edge.to()) + edge.port() * nodes.get(edge.to()).width() + MARGIN;
    double endY = layout.y(edge.to()) + MARGIN;
    curve(path, y, endX, endY - HEAD, x);
    svg.path(path.toString(), EDGE, false);
    svg.arrowHead(endX, endY, EDGE);
  }

  private static void curve(
      StringBuilder path, double fromY, double toX, double toY, double fromX) {
    double middle = (fromY + toY) / 2;
    path.append(
        String.format(
            Locale.ROOT, "C%.2f %.2f %.2f %.2f %.2f %.2f", fromX, middle, toX, middle, toX, toY));
  }
}
