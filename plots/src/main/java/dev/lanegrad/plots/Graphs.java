package dev.lanegrad.plots;

import dev.lanegrad.autodiff.GraphView;

/** Draws computational graphs. */
public final class Graphs {
  private Graphs() {}

  /** A graph in the language of Graphviz. */
  public static String toDot(GraphView view) {
    Present.of("graph", "view", view);
    return "digraph {\n}\n";
  }

  /** A graph as a document of SVG. */
  public static String toSvg(GraphView view) {
    Present.of("graph", "view", view);
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100\" height=\"100\"></svg>\n";
  }
}
