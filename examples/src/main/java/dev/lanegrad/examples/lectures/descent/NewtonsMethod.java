package dev.lanegrad.examples.lectures.descent;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.LinearAlgebra;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Difference;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.plots.Contours;
import dev.lanegrad.plots.Region;
import java.util.List;

/** L2.4: steps that know the curvature. */
final class NewtonsMethod {
  private static final double SMALL_SLOPE = 1e-4;
  private static final int LIMIT = 2_000;

  private static final Tensor A = Tensor.of(new double[][] {{6, 2}, {2, 1}});
  private static final Tensor B = Tensor.of(2.0, -1.0);
  private static final Region AROUND_BOTH = new Region(-6, 6, -8, 8);

  private NewtonsMethod() {}

  /** W <- W - lambda H^-1 grad, with the Hessian from automatic differentiation. */
  static DescentPath.Step newton(Cost cost, double lambda) {
    return (w, gradient) ->
        w.sub(LinearAlgebra.solve(Autodiff.hessian(cost, w), gradient).mul(lambda));
  }

  /** W <- W - alpha grad. */
  static DescentPath.Step gradientDescent(double alpha) {
    return (w, gradient) -> w.sub(gradient.mul(alpha));
  }

  static void run(Notebook notebook) {
    notebook.text(
        "Gradient descent knows how steep the cost is, not how soon that changes. Newton's method"
            + " asks the Hessian H, the matrix of second derivatives, as well, and goes to the"
            + " lowest point of the paraboloid that has the cost's slope and curvature here:"
            + " W <- W - lambda H^-1 grad. The Hessian is computed by differentiating the gradient"
            + " once more.");
    onAQuadratic(notebook);
    LogisticRegressionRace.show(notebook);
  }

  private static void onAQuadratic(Notebook notebook) {
    notebook.text(
        "If the cost is quadratic, here W.A W / 2 - b.W, the paraboloid is the cost itself, and one"
            + " whole step (lambda = 1) arrives. Half a step (lambda = 0.5) goes half the way."
            + " Gradient descent crosses the narrow valley to and fro.");
    Cost quadratic = w -> A.matmul(w).mul(w).sum().mul(0.5).sub(B.mul(w).sum());
    Tensor start = Tensor.of(-4.0, 4.0);
    Tensor lowest = LinearAlgebra.solve(A, B);
    Tensor gradient = Autodiff.grad(quadratic).apply(start);
    Tensor whole = newton(quadratic, 1).from(start, gradient);
    Tensor half = newton(quadratic, 0.5).from(start, gradient);
    notebook.claim(
        "the Hessian of the quadratic is A",
        Difference.largest(Autodiff.hessian(quadratic, start), A) < 1e-12);
    notebook.claim(
        "on a quadratic one step of Newton's method suffices",
        Difference.largest(whole, lowest) < 1e-12);
    notebook.claim(
        "with lambda = 0.5 it goes half the way",
        Difference.largest(half, start.add(lowest).mul(0.5)) < 1e-12);
    DescentPath steep =
        DescentPath.until(SMALL_SLOPE, LIMIT, quadratic, start, gradientDescent(0.25));
    notebook.number("steps of gradient descent on the quadratic, alpha = 0.25", steep.steps());
    notebook.picture(
        "A quadratic: Newton's method in one step, gradient descent in many.",
        Contours.of("W.A W / 2 - b.W", quadratic::of, AROUND_BOTH)
            .paths(
                List.of(
                    steep.series("gradient descent"),
                    new DescentPath(quadratic, List.of(start, whole)).series("Newton"))));
  }
}
