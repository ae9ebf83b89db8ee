package dev.lanegrad.examples.lectures.descent;

import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Difference;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.optim.Newton;
import dev.lanegrad.plots.Axis;
import dev.lanegrad.plots.Contours;
import dev.lanegrad.plots.Curves;
import dev.lanegrad.plots.Region;
import dev.lanegrad.plots.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The second part of L2.4: Newton's method and gradient descent on the same examples. */
final class LogisticRegressionRace {
  private static final double SMALL_SLOPE = 1e-4;
  private static final int LIMIT = 1_000;

  private LogisticRegressionRace() {}

  static void show(Notebook notebook) {
    notebook.text(
        "The cost of logistic regression is no quadratic, but convex, and Newton's steps become"
            + " better the nearer they come. Here 100 students pass an exam or not, and the hours"
            + " that they studied are the one feature. All start at W = 0 and stop where the"
            + " gradient is shorter than 1e-4. A learning rate for gradient descent has to be"
            + " searched for; Newton's method takes its rate from the curvature.");
    Cost cost = StudyHours.cost();
    Tensor start = Tensor.of(0.0, 0.0);
    DescentPath newton =
        DescentPath.until(SMALL_SLOPE, LIMIT, cost, start, NewtonsMethod.newton(cost, 1));
    Map<Double, DescentPath> descents = new TreeMap<>();
    for (double alpha : new double[] {0.4, 0.8, 1.6, 3.2}) {
      DescentPath.Step step = NewtonsMethod.gradientDescent(alpha);
      descents.put(alpha, DescentPath.until(SMALL_SLOPE, LIMIT, cost, start, step));
    }
    List<List<Object>> rows = new ArrayList<>();
    descents.forEach(
        (alpha, path) ->
            rows.add(List.of("gradient descent, alpha = " + alpha, path.counted(LIMIT))));
    rows.add(List.of("Newton, lambda = 1", newton.counted(LIMIT)));
    notebook.table("Iterations to a gradient below 1e-4", List.of("method", "iterations"), rows);
    DescentPath best =
        descents.values().stream().min(Comparator.comparingInt(DescentPath::steps)).orElseThrow();
    notebook.number("iterations of Newton's method", newton.steps());
    notebook.number("iterations of gradient descent at the best of these rates", best.steps());
    notebook.claim(
        "on logistic regression Newton's method needs less than a tenth of the iterations",
        newton.steps() * 10 < best.steps());
    notebook.claim(
        "both find the same weights, to 0.01",
        Difference.largest(newton.last(), best.last()) < 1e-2);
    notebook.claim("the library's Newton takes the same steps", isTheLibrarys(newton));
    pictures(notebook, cost, newton, best);
  }

  private static boolean isTheLibrarys(DescentPath path) {
    Parameter w = Parameter.of("w", path.weights().getFirst());
    Newton optimizer = new Newton(List.of(w));
    for (int i = 0; i < path.steps(); i++) {
      optimizer.step(() -> path.cost().apply(w.tensor()));
    }
    return Difference.largest(w.tensor(), path.last()) < 1e-12;
  }

  private static void pictures(
      Notebook notebook, Cost cost, DescentPath newton, DescentPath descent) {
    notebook.picture(
        "Logistic regression: the paths of both methods over the cost.",
        Contours.of("Cost of logistic regression", cost::of, new Region(-0.5, 2.5, -4, 0.5))
            .paths(List.of(descent.series("gradient descent"), newton.series("Newton"))));
    DescentPath further =
        DescentPath.until(0, 3, cost, newton.last(), NewtonsMethod.newton(cost, 1));
    double lowest = cost.apply(further.last()).item();
    notebook.picture(
        "Logistic regression: how far the cost is above its minimum, by iteration.",
        Curves.of(
                "Iterations",
                Series.ofSteps("gradient descent", descent.above(lowest)),
                Series.ofSteps("Newton", newton.above(lowest)))
            .axes(Axis.logarithmic("iteration"), Axis.logarithmic("cost above minimum")));
  }
}
