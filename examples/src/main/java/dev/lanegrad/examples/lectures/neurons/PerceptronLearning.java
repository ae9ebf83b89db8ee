package dev.lanegrad.examples.lectures.neurons;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.RandomKey;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.examples.lectures.PlanePoints;
import dev.lanegrad.plots.Axis;
import dev.lanegrad.plots.Curves;
import dev.lanegrad.plots.Region;
import dev.lanegrad.plots.Series;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** L1.2: Rosenblatt's perceptron, on classes that a line separates and on XOR. */
final class PerceptronLearning {
  private static final int EXAMPLES = 60;
  private static final int PASSES = 1_000;

  private PerceptronLearning() {}

  static void run(Notebook notebook) {
    notebook.text(
        "Rosenblatt's perceptron (1958) says +1 where w·x + b > 0, and else -1. It learns from one"
            + " example after the other, in cycles: where it is right nothing happens; on a mistake"
            + " x is added to the weights if its class is +1, and subtracted if it is -1.");
    separable(notebook);
    exclusiveOr(notebook);
  }

  /** Two clouds with a gap between them, in turn. */
  private static Tensor clouds(Tensor labels) {
    Tensor noise = new RandomKey(14).normal(DType.FLOAT64, EXAMPLES, 2).mul(0.8);
    return noise.add(labels.unsqueeze(1).mul(Tensor.of(1.125, 1.5))).add(Tensor.of(3.0, -1.0));
  }

  private static void separable(Notebook notebook) {
    Tensor labels = Tensor.arange(DType.FLOAT64, 0, EXAMPLES, 1).mul(Math.PI).cos().round();
    Tensor x = clouds(labels);
    Region region = PlanePoints.around(x, 0.5);
    Perceptron perceptron = new Perceptron();
    List<List<Integer>> passes = new ArrayList<>();
    List<Series> lines = new ArrayList<>();
    int updates = 0;
    int mistakes;
    do {
      mistakes = perceptron.pass(x, labels);
      updates += mistakes;
      passes.add(List.of(passes.size() + 1, mistakes));
      if (mistakes > 0) {
        lines.add(perceptron.line("after pass " + passes.size(), region.left(), region.right()));
      }
    } while (mistakes > 0 && passes.size() < PASSES);

    notebook.text(
        "Sixty points in two clouds that a line can tell apart. The algorithm ends with the first"
            + " pass without a mistake; from then on nothing changes any more.");
    notebook.table("Mistakes", List.of("pass", "mistakes"), passes);
    notebook.number("updates until it ends", updates);
    notebook.claim("it ends on classes that a line separates", mistakes == 0);
    notebook.picture(
        "The line after each pass that made a mistake; the last one separates the classes",
        Curves.of("The perceptron's lines", lines)
            .axes(Axis.linear("x1"), Axis.linear("x2"))
            .marks(PlanePoints.byClass(x, labels.add(1).mul(0.5), "class -1", "class +1"))
            .region(region));

    // With b as the weight of an input that is always 1.
    Tensor all = Tensor.concat(1, List.of(x, Tensor.ones(DType.FLOAT64, EXAMPLES, 1)));
    Tensor numbers = perceptron.numbers();
    double margin = all.mul(numbers).sum(1).mul(labels).min().div(numbers.norm()).item();
    double radius = all.norm(1).max().item();
    double most = Math.pow(radius / margin, 2);
    notebook.text(
        "Novikoff (1962) proved how soon: with all points within R of the origin and a line that"
            + " keeps a distance γ from each, there are at most (R/γ)² updates, whatever the"
            + " order.");
    notebook.number("R", radius);
    notebook.number("γ of the line found", margin);
    notebook.number("updates at most", Math.floor(most));
    notebook.claim("there are at most (R/γ)² updates", updates <= most);
  }

  private static void exclusiveOr(Notebook notebook) {
    Tensor corners = Tensor.of(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
    Tensor labels = Tensor.of(-1.0, 1, 1, -1);
    Perceptron perceptron = new Perceptron();
    Map<String, Integer> seen = new HashMap<>();
    int first = 0;
    int again = 0;
    int fewest = Integer.MAX_VALUE;
    for (int pass = 1; pass <= PASSES; pass++) {
      fewest = Math.min(fewest, perceptron.pass(corners, labels));
      Integer before = seen.putIfAbsent(perceptron.numbers().toString(), pass);
      if (before != null && again == 0) {
        first = before;
        again = pass;
      }
    }
    notebook.text(
        "XOR has no line that separates its classes, so no pass can be without a mistake. That it"
            + " goes on for ever can be seen after a few: the weights come back to what they were,"
            + " and what follows from them is the same again.");
    notebook.number("passes tried on XOR", PASSES);
    notebook.number("fewest mistakes in a pass", fewest);
    notebook.number("the weights after pass", again);
    notebook.number("are those after pass", first);
    notebook.claim("on XOR none of 1,000 passes is without a mistake", fewest > 0);
    notebook.claim("on XOR the weights repeat, so it never ends", again > 0);
  }
}
