package dev.lanegrad.examples.lectures.neurons;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.RandomKey;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.examples.lectures.PlanePoints;
import dev.lanegrad.plots.Axis;
import dev.lanegrad.plots.Contours;
import dev.lanegrad.plots.Curves;
import dev.lanegrad.plots.Region;
import dev.lanegrad.plots.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** L1.4: linear regression in one dimension and in several, by gradient descent. */
final class LinearRegression {
  private static final int STEPS = 100;

  private LinearRegression() {}

  static void run(Notebook notebook) {
    notebook.text(
        "A line ŷ = w0 + w1 x is fitted to points: the loss is the sum of the squares (y - ŷ)²,"
            + " or their mean, which has its lowest point at the same place. Over (w0, w1) it is a"
            + " bowl, and gradient descent rolls down it: w ← w - α ∂L/∂w.");
    RandomKey key = new RandomKey(7);
    Tensor x = key.uniform(DType.FLOAT64, 30).mul(3).sub(0.5);
    Tensor y = x.mul(2).sub(1).add(key.next().normal(DType.FLOAT64, 30).mul(0.4));
    Tensor ones = Tensor.ones(DType.FLOAT64, 30);
    LinearExamples examples = new LinearExamples(Tensor.stack(1, List.of(ones, x)), y);
    Tensor exact = LeastSquares.solution(examples.x(), examples.y());
    List<Tensor> path = examples.descent(0.2, STEPS);
    Tensor end = path.getLast();

    notebook.number("w0 of the closed form", exact.select(0, 0).item());
    notebook.number("w1 of the closed form", exact.select(0, 1).item());
    notebook.number("w0 after 100 steps with α = 0.2", end.select(0, 0).item());
    notebook.number("w1 after 100 steps with α = 0.2", end.select(0, 1).item());
    notebook.number("mean squared error there", examples.loss(end).item());
    notebook.number("sum of squares there", examples.loss(end).item() * 30);
    notebook.claim(
        "gradient descent ends at the closed form (to 1e-6)",
        end.sub(exact).abs().max().item() < 1e-6);
    notebook.claim(
        "the gradient is 2/m Xᵀ(Xw - y) (to 1e-12)", gradientError(examples, path.get(1)) < 1e-12);
    notebook.picture(
        "The bowl from above, by lines of equal mean squared error, and the way down it",
        Contours.of(
                "Mean squared error over (w0, w1)",
                (a, b) -> examples.loss(Tensor.of(a, b)).item(),
                new Region(-2.5, 0.5, -0.5, 3))
            .paths(List.of(PlanePoints.series("α = 0.2", Tensor.stack(0, path)))));
    notebook.picture("The line on its way to the points", lines(x, y, path));

    double limit = examples.largestRate();
    notebook.text(
        "How large may α be? The bowl's curvature is the same everywhere, the Hessian 2/m XᵀX;"
            + " along its steepest direction, with eigenvalue λ, the error is multiplied by"
            + " 1 - αλ in each step. So descent converges for α < 2/λ, and diverges beyond.");
    notebook.number("2/λ", limit);
    notebook.claim("below 2/λ it converges", lossAfter(examples, 0.95 * limit) < 1);
    notebook.claim("above 2/λ it diverges", lossAfter(examples, 1.05 * limit) > 1e3);
    SeveralInputs.run(notebook, STEPS);
  }

  private static double lossAfter(LinearExamples examples, double rate) {
    return examples.loss(examples.descent(rate, STEPS).getLast()).item();
  }

  private static double gradientError(LinearExamples examples, Tensor w) {
    Tensor error = examples.x().mul(w).sum(1).sub(examples.y());
    Tensor formula =
        examples.x().transpose().matmul(error.unsqueeze(1)).squeeze(1).mul(2.0 / error.size());
    return Autodiff.grad(examples::loss).apply(w).sub(formula).abs().max().item();
  }

  private static Curves lines(Tensor x, Tensor y, List<Tensor> path) {
    double[] ends = {-0.6, 2.6};
    List<Series> lines = new ArrayList<>();
    for (int step : new int[] {0, 1, 3, 10, STEPS}) {
      double[] w = path.get(step).toDoubleArray();
      lines.add(
          new Series(
              String.format(Locale.ROOT, "after %d steps", step),
              ends,
              new double[] {w[0] + w[1] * ends[0], w[0] + w[1] * ends[1]}));
    }
    return Curves.of("Linear regression", lines)
        .axes(Axis.linear("x"), Axis.linear("y"))
        .marks(new Series("points", x.toDoubleArray(), y.toDoubleArray()));
  }
}
