package dev.lanegrad.examples.lectures.graphs;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.GraphView;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.plots.Axis;
import dev.lanegrad.plots.Curves;
import dev.lanegrad.plots.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** L3.6: the reverse pass keeps what it has computed, and visits each node once. */
final class VisitedOnce {
  private static final int NODES_PER_DIAMOND = 3;

  private static final int DEEPEST = 60;

  /** As far as a walk along every path is no matter of hours. */
  private static final int DEEPEST_WALK = 14;

  private VisitedOnce() {}

  /** Diamonds one below the other: y = (x + 1) + (x + 2), and so on from y. */
  private static Tensor diamonds(Tensor x, int depth, CountedSum sum) {
    Tensor y = x;
    for (int level = 0; level < depth; level++) {
      Tensor left = sum.applyTo(y, Tensor.scalar(DType.FLOAT64, 1));
      Tensor right = sum.applyTo(y, Tensor.scalar(DType.FLOAT64, 2));
      y = sum.applyTo(left, right);
    }
    return y;
  }

  /** What a reverse pass of a chain of diamonds does. */
  private record Count(int depth, int visits, double gradient) {
    static Count of(int depth) {
      CountedSum sum = new CountedSum(new AtomicInteger());
      Tensor x = Tensor.scalar(DType.FLOAT64, 1).requiresGrad();
      double gradient = diamonds(x, depth, sum).backward().of(x).item();
      return new Count(depth, sum.visits().get(), gradient);
    }

    double paths() {
      return Math.pow(2, depth);
    }
  }

  /** Visits without a memory: the chain rule followed along every path from the output. */
  private static long walk(int depth) {
    Tensor x = Tensor.scalar(DType.FLOAT64, 1).requiresGrad();
    CountedSum sum = new CountedSum(new AtomicInteger());
    List<GraphView.Node> nodes = GraphView.record(() -> diamonds(x, depth, sum)).nodes();
    return walk(nodes, nodes.getLast());
  }

  private static long walk(List<GraphView.Node> nodes, GraphView.Node node) {
    boolean isLeaf = node.inputs().isEmpty();
    return isLeaf
        ? 0
        : 1 + node.inputs().stream().mapToLong(i -> walk(nodes, nodes.get(i.node()))).sum();
  }

  static void run(Notebook notebook) {
    notebook.text(
        "Where a value is used twice, paths through the graph part and meet again, and the chain"
            + " rule sums over all of them. A chain of diamonds, y = (x + 1) + (x + 2) repeated,"
            + " has 2 paths per level, 2^depth in all.");
    Tensor x = Tensor.scalar(DType.FLOAT64, 1).requiresGrad();
    CountedSum sum = new CountedSum(new AtomicInteger());
    DrawnGraph.show(notebook, "two diamonds", Map.of("x", x), () -> diamonds(x, 2, sum));
    notebook.text(
        "The reverse pass does not follow paths. It goes over nodes, the newest first, so that"
            + " when it comes to one all gradients that flow into it have been added up, and hands"
            + " the sum on once. That is dynamic programming: what many paths share is computed"
            + " once and kept. Here every sum is an operation of our own which counts its visits.");
    List<Count> counts = new ArrayList<>();
    for (int depth = 1; depth <= DEEPEST; depth++) {
      counts.add(Count.of(depth));
    }
    List<List<Object>> rows = new ArrayList<>();
    for (int depth : new int[] {1, 2, 5, 10, 20, 40, 60}) {
      Count count = counts.get(depth - 1);
      rows.add(
          List.of(depth, NODES_PER_DIAMOND * depth, count.visits, count.paths(), count.gradient));
    }
    notebook.table(
        "Visits of the reverse pass",
        List.of("depth", "nodes", "visits", "paths", "gradient of x"),
        rows);
    notebook.number("visits at depth 60", counts.getLast().visits);
    notebook.claim(
        "the reverse pass visits each node once: visits grow linearly with depth",
        counts.stream().allMatch(c -> c.visits == NODES_PER_DIAMOND * c.depth));
    notebook.claim(
        "the gradient counts every path: it is 2^depth",
        counts.stream().allMatch(c -> c.gradient == c.paths()));
    compare(notebook, counts);
  }

  private static void compare(Notebook notebook, List<Count> counts) {
    double[] depths = counts.stream().mapToDouble(Count::depth).toArray();
    double[] visits = counts.stream().mapToDouble(Count::visits).toArray();
    double[] walked = new double[DEEPEST_WALK];
    for (int depth = 1; depth <= DEEPEST_WALK; depth++) {
      walked[depth - 1] = walk(depth);
    }
    notebook.claim(
        "along every path visits more than double with each level",
        IntStream.range(1, DEEPEST_WALK).allMatch(i -> walked[i] > 2 * walked[i - 1]));
    notebook.number("visits along every path at depth 14", walked[DEEPEST_WALK - 1]);
    notebook.picture(
        "Visits over the depth, on a logarithmic axis.",
        Curves.of(
                "Visits of a chain of diamonds",
                new Series("reverse pass", depths, visits),
                Series.ofSteps("along every path", walked))
            .axes(Axis.linear("depth"), Axis.logarithmic("visits")));
  }
}
