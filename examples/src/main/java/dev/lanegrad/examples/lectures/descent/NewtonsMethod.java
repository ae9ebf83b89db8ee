package dev.lanegrad.examples.lectures.descent;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.LinearAlgebra;
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
import java.util.function.UnaryOperator;

/** L2.4: steps that know the curvature. */
final class NewtonsMethod {
  private static final double SMALL_SLOPE = 1e-4;
  private static final int LIMIT = 2_000;

  private static final Tensor A = Tensor.of(new double[][] {{6, 2}, {2, 1}});
  private static final Tensor B = Tensor.of(2.0, -1.0);
  private static final Region AROUND_BOTH = new Region(-6, 6, -8, 8);

  private NewtonsMethod() {}

  /** W <- W - lambda H^-1 grad, with the Hessian from automatic differentiation. */
  static Tensor newton(Cost cost, Tensor w, double lambda) {
    Tensor gradient = Autodiff.grad(cost).apply(w);
    Tensor hessian = Autodiff.hessian(cost, w);
    return w.sub(LinearAlgebra.solve(hessian, gradient).mul(lambda));
  }

  /** W <- W - alpha grad. */
  static Tensor gradientDescent(Cost cost, Tensor w, double alpha) {
    return w.sub(Autodiff.grad(cost).apply(w).mul(alpha));
  }

  static void run(Notebook notebook) {
    notebook.text(
        "Gradient descent knows how steep the cost is, not how soon that changes. Newton's method"
            + " asks the Hessian H, the matrix of second derivatives, as well, and goes to the"
            + " lowest point of the paraboloid that has the cost's slope and curvature here:"
            + " W <- W - lambda H^-1 grad. The Hessian is computed by differentiating the gradient"
            + " once more.");
    onAQuadratic(notebook);
    onLogisticRegression(notebook);
  }

  private static void onAQuadratic(Notebook notebook) {
    notebook.text(
        "If the cost is quadratic, here W.A W / 2 - b.W, the paraboloid is the cost itself, and one"
            + " whole step (lambda = 1) arrives. Half a step (lambda = 0.5) goes half the way."
            + " Gradient descent crosses the narrow valley to and fro.");
    Cost quadratic = w -> A.matmul(w).mul(w).sum().mul(0.5).sub(B.mul(w).sum());
    Tensor start = Tensor.of(-4.0, 4.0);
    Tensor lowest = LinearAlgebra.solve(A, B);
    Tensor whole = newton(quadratic, start, 1);
    notebook.claim(
        "the Hessian of the quadratic is A",
        Difference.largest(Autodiff.hessian(quadratic, start), A) < 1e-12);
    notebook.claim(
        "on a quadratic one step of Newton's method suffices",
        Difference.largest(whole, lowest) < 1e-12);
    notebook.claim(
        "with lambda = 0.5 it goes half the way",
        Difference.largest(newton(quadratic, start, 0.5), start.add(lowest).mul(0.5)) < 1e-12);
    DescentPath steep =
        DescentPath.until(
            quadratic, start, w -> gradientDescent(quadratic, w, 0.25), SMALL_SLOPE, LIMIT);
    notebook.number("steps of gradient descent on the quadratic, alpha = 0.25", steep.steps());
    notebook.picture(
        "A quadratic: Newton's method in one step, gradient descent in many.",
        Contours.of("W.A W / 2 - b.W", quadratic::of, AROUND_BOTH)
            .paths(
                List.of(
                    steep.series("gradient descent"),
                    new DescentPath(quadratic, List.of(start, whole)).series("Newton"))));
  }

  private static void onLogisticRegression(Notebook notebook) {
    notebook.text(
        "The cost of logistic regression is no quadratic, but convex, and Newton's steps become"
            + " better the nearer they come. Here 100 students pass an exam or not, and the hours"
            + " that they studied are the one feature. All start at W = 0 and stop where the"
            + " gradient is shorter than 1e-4. A learning rate for gradient descent has to be"
            + " searched for; Newton's method takes its rate from the curvature.");
    Cost cost = StudyHours.cost();
    Tensor start = Tensor.of(0.0, 0.0);
    DescentPath newton =
        DescentPath.until(cost, start, w -> newton(cost, w, 1), SMALL_SLOPE, LIMIT);
    Map<Double, DescentPath> descents = new TreeMap<>();
    for (double alpha : new double[] {0.2, 0.4, 0.8, 1.6, 3.2}) {
      UnaryOperator<Tensor> step = w -> gradientDescent(cost, w, alpha);
      descents.put(alpha, DescentPath.until(cost, start, step, SMALL_SLOPE, LIMIT));
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
        "both find the same weights", Difference.largest(newton.last(), best.last()) < 1e-2);
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
    double lowest = cost.apply(newton(cost, newton.last(), 1)).item();
    notebook.picture(
        "Logistic regression: how far the cost is above its minimum, by iteration.",
        Curves.of(
                "Iterations",
                Series.ofSteps("gradient descent", descent.above(lowest)),
                Series.ofSteps("Newton", newton.above(lowest)))
            .axes(Axis.logarithmic("iteration"), Axis.logarithmic("cost above the minimum")));
  }
}
