package dev.lanegrad.examples.lectures.neurons;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.RandomKey;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.examples.lectures.PlanePoints;
import dev.lanegrad.optim.DeltaRule;
import dev.lanegrad.plots.Contours;
import dev.lanegrad.plots.Region;
import dev.lanegrad.plots.Series;
import java.util.ArrayList;
import java.util.List;

/** L1.3: the delta rule ends at least squares. */
final class DeltaRuleLearning {
  private static final int EXAMPLES = 40;
  private static final int PASSES = 100;

  private DeltaRuleLearning() {}

  static void run(Notebook notebook) {
    notebook.text(
        "The delta rule of Widrow and Hoff (1960), also called LMS for least mean squares, learns"
            + " from the error of a linear unit, y - w·x: w ← w + η (y - w·x) x. Unlike the"
            + " perceptron it goes on learning where the side is right, and the targets may be any"
            + " numbers: it does regression as well.");
    oneStep(notebook);

    RandomKey key = new RandomKey(3);
    Tensor x = key.normal(DType.FLOAT64, EXAMPLES, 2);
    Tensor noise = key.next().normal(DType.FLOAT64, EXAMPLES).mul(0.2);
    Tensor y = x.mul(Tensor.of(0.5, -1.5)).sum(1).add(noise);
    Tensor exact = LeastSquares.solution(x, y);

    notebook.text(
        "Each step goes down the gradient of one example's squared error, -2 (y - w·x) x. Over many"
            + " passes the steps add up to those down the gradient of the mean, whose lowest point"
            + " is the solution of least squares, w = (XᵀX)⁻¹ Xᵀy. Here are 40 examples of"
            + " y = 0.5 x1 - 1.5 x2 with noise of standard deviation 0.2.");
    notebook.number("w1 of least squares", exact.select(0, 0).item());
    notebook.number("w2 of least squares", exact.select(0, 1).item());

    List<List<Double>> rows = new ArrayList<>();
    List<Series> paths = new ArrayList<>();
    for (double rate : new double[] {0.1, 0.01, 0.001}) {
      Parameter w = Parameter.of("w", Tensor.of(-1.0, 1.0));
      List<double[]> path = new ArrayList<>();
      path.add(w.tensor().toDoubleArray());
      // A smaller rate needs more steps to come as far.
      long passes = Math.round(PASSES * Math.sqrt(0.1 / rate));
      for (int pass = 0; pass < passes; pass++) {
        new DeltaRule(w, rate).pass(x, y);
        path.add(w.tensor().toDoubleArray());
      }
      double distance = w.tensor().detach().sub(exact).norm().item();
      rows.add(List.of(rate, (double) passes, distance));
      paths.add(PlanePoints.series("η = " + rate, Tensor.of(path.toArray(double[][]::new))));
    }
    notebook.table(
        "How near it ends", List.of("η", "passes", "distance to least squares"), rows);
    notebook.claim(
        "the smaller the rate, the nearer it ends to least squares",
        rows.get(0).get(2) > 5 * rows.get(1).get(2) && rows.get(1).get(2) > 5 * rows.get(2).get(2));
    notebook.claim(
        "with η = 0.001 it ends within 0.001 of the closed form", rows.get(2).get(2) < 1e-3);
    notebook.picture(
        "Weights after each pass, over the lines of equal mean squared error",
        Contours.of(
                "The delta rule's paths",
                (a, b) -> x.mul(Tensor.of(a, b)).sum(1).sub(y).square().mean().item(),
                new Region(-1.5, 2, -2.5, 1.5))
            .paths(paths));
    notebook.text(
        "A fixed rate keeps it jumping about the solution, by as much as the last few examples ask"
            + " for; rates that fall, such as 1/k in pass k, would lead all the way.");
    notebook.number("distance with falling rates", withFallingRates(x, y, exact));
    notebook.claim(
        "with falling rates it ends nearer than with η = 0.1",
        withFallingRates(x, y, exact) < rows.get(0).get(2) / 10);
  }

  private static void oneStep(Notebook notebook) {
    Parameter w = Parameter.of("w", Tensor.of(1.0, 2.0));
    double error = new DeltaRule(w, 0.25).step(Tensor.of(3.0, 2.0), 8);
    notebook.text(
        "One step by hand: w = (1, 2), x = (3, 2), y = 8 and η = 0.25 give an output of 7 and an"
            + " error of 1, so w becomes (1 + 0.25·3, 2 + 0.25·2).");
    notebook.number("error", error);
    notebook.number("w1 after the step", w.tensor().select(0, 0).item());
    notebook.number("w2 after the step", w.tensor().select(0, 1).item());
  }

  private static double withFallingRates(Tensor x, Tensor y, Tensor exact) {
    Parameter w = Parameter.of("w", Tensor.of(-1.0, 1.0));
    for (int pass = 1; pass <= PASSES; pass++) {
      new DeltaRule(w, 0.1 / pass).pass(x, y);
    }
    return w.tensor().detach().sub(exact).norm().item();
  }
}
