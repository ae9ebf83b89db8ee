package dev.lanegrad.examples.lectures.graphs;

import dev.lanegrad.autodiff.GraphView;
import dev.lanegrad.autodiff.GraphView.Node;
import dev.lanegrad.autodiff.GraphView.Result;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.plots.Graphs;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A computational graph twice: with the values of the forward pass, and with gradients. */
final class DrawnGraph {
  private DrawnGraph() {}

  /**
   * Draws what a scalar is computed from.
   *
   * @param names of inputs
   */
  static void show(
      Notebook notebook, String of, Map<String, Tensor> names, Supplier<Tensor> output) {
    GraphView view = GraphView.record(names, output);
    notebook.svg(
        "The graph of %s after the forward pass: every node has a value.".formatted(of),
        Graphs.toSvg(beforeTheReversePass(view)));
    notebook.svg(
        "The graph of %s after the reverse pass: every node also has its gradient.".formatted(of),
        Graphs.toSvg(view));
  }

  private static GraphView beforeTheReversePass(GraphView view) {
    return new GraphView(view.nodes().stream().map(DrawnGraph::withoutGradients).toList());
  }

  private static Node withoutGradients(Node node) {
    List<Result> values =
        node.results().stream()
            .map(result -> new Result(result.name(), result.type(), result.values(), null))
            .toList();
    return new Node(
        node.id(), node.operation(), node.formula(), node.inputs(), values, node.origin());
  }
}
