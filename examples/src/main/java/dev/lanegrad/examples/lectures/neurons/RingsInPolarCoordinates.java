package dev.lanegrad.examples.lectures.neurons;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.examples.lectures.PlanePoints;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.layers.Tanh;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.optim.PerceptronRule;
import dev.lanegrad.plots.Axis;
import dev.lanegrad.plots.Regions;
import dev.lanegrad.plots.Scatter;
import dev.lanegrad.plots.Series;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.data.Points2d;
import java.util.List;
import java.util.SplittableRandom;

/** L1.8: two rings, in coordinates in which they can be separated. */
final class RingsInPolarCoordinates {
  private static final int PASSES = 200;
  private static final int STEPS = 400;

  private RingsInPolarCoordinates() {}

  static void run(Notebook notebook) {
    notebook.text(
        "Whether classes can be separated depends on how the points are written down. On two rings,"
            + " one inside the other, no straight line has all of one class on its side: the inner"
            + " ring lies between points of the outer one, in every direction.");
    Dataset rings = Points2d.circles(200, 0.04, 9);
    Tensor x = rings.x().cast(DType.FLOAT64);
    Tensor inner = rings.y().cast(DType.FLOAT64);
    notebook.picture(
        "The rings in (x, y)",
        Scatter.of("Cartesian coordinates", groups(x, inner))
            .axes(Axis.linear("x"), Axis.linear("y")));
    int fewest = fewestMistakes(x, inner, PASSES);
    notebook.number("fewest mistakes of a perceptron in one of 200 passes", fewest);
    notebook.claim("in (x, y) a perceptron makes mistakes in each of 200 passes", fewest > 0);

    notebook.text(
        "In polar coordinates, r = √(x² + y²) and tan φ = y/x, the rings are two bands, and one"
            + " threshold on r is enough. What was learned by hand here is a representation.");
    Tensor radius = x.norm(1);
    Tensor angle = x.select(1, 1).atan2(x.select(1, 0));
    Tensor polar = Tensor.stack(1, List.of(radius, angle));
    double threshold = 0.75;
    double right = radius.less(threshold).equal(inner.equal(1)).cast(DType.FLOAT64).mean().item();
    notebook.picture(
        "The same points in (r, φ)",
        Scatter.of("Polar coordinates", groups(polar, inner))
            .axes(Axis.linear("r"), Axis.linear("φ")));
    notebook.number("part of the points that r < 0.75 tells apart", right);
    notebook.claim("in polar coordinates one threshold separates the rings", right == 1);
    notebook.claim(
        "in polar coordinates a perceptron ends", fewestMistakes(polar, inner, 2_000) == 0);
    learned(notebook, x, inner);
  }

  private static void learned(Notebook notebook, Tensor x, Tensor inner) {
    SplittableRandom random = new SplittableRandom(3);
    Sequential representation =
        new Sequential(
            new Linear(2, 8, DType.FLOAT64, random),
            new Tanh(),
            new Linear(8, 2, DType.FLOAT64, random),
            new Tanh());
    Sequential model = new Sequential(representation, new Linear(2, 1, DType.FLOAT64, random));
    Optimizer optimizer = new Optimizer(model.parameters(), new Adam(0.03));
    for (int step = 0; step < STEPS; step++) {
      optimizer.step(
          Losses.binaryCrossEntropyWithLogits(model.forward(x).squeeze(1), inner).backward());
    }
    Tensor scores = Autodiff.withoutGradient(() -> model.forward(x).squeeze(1));
    Tensor hidden = Autodiff.withoutGradient(() -> representation.forward(x));
    double accuracy =
        scores.greater(0).equal(inner.equal(1)).cast(DType.FLOAT64).mean().item();
    notebook.text(
        "A network finds such coordinates by itself. This one has eight hidden units and then two,"
            + " so that what it makes of a point can be drawn; its last layer is one linear unit,"
            + " which can only separate what lies on two sides of a line.");
    notebook.number("accuracy of the network", accuracy);
    notebook.claim("the network separates the rings", accuracy == 1);
    int fewest = fewestMistakes(hidden, inner, 2_000);
    notebook.claim("on what it has learned a perceptron ends", fewest == 0);
    notebook.picture(
        "What the two units before the last make of the points: a line separates them",
        Scatter.of("The learned representation", groups(hidden, inner))
            .axes(Axis.linear("unit 1"), Axis.linear("unit 2")));
    notebook.picture(
        "The network's decision, back in (x, y)",
        Regions.of(
                "Where the network sees the inner ring",
                PlanePoints.classes(model),
                PlanePoints.around(x, 0.3))
            .axes(Axis.linear("x"), Axis.linear("y"))
            .classes("outer", "inner")
            .points(groups(x, inner)));
  }

  private static Series[] groups(Tensor points, Tensor inner) {
    return PlanePoints.byClass(points, inner, "outer ring", "inner ring");
  }

  /** Of the passes of a perceptron, up to the first without a mistake. */
  private static int fewestMistakes(Tensor points, Tensor inner, int passes) {
    Parameter w = Parameter.of("w", Tensor.of(0.0, 0.0));
    Parameter b = Parameter.of("b", Tensor.of(0.0));
    PerceptronRule rule = new PerceptronRule(w, b);
    Tensor labels = inner.mul(2).sub(1);
    int fewest = Integer.MAX_VALUE;
    for (int pass = 0; pass < passes && fewest > 0; pass++) {
      fewest = Math.min(fewest, rule.pass(points, labels));
    }
    return fewest;
  }
}
