package dev.lanegrad.examples.lectures.descent;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Difference;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.plots.Contours;
import dev.lanegrad.plots.Region;
import dev.lanegrad.plots.Series;
import java.util.List;

/** The loss of L2.2 for predictions that are vectors. */
final class SeveralOutputs {
  private static final double TOLERANCE = 1e-12;

  private SeveralOutputs() {}

  static void show(Notebook notebook) {
    notebook.text(
        "A network with several outputs sums their squared errors: the loss is the square of the"
            + " distance between prediction and target, its contour lines are circles, and the"
            + " gradient 2 (yhat - y) points straight away from the target.");
    Tensor target = Tensor.of(0.01, 0.99);
    Tensor prediction = Tensor.of(0.75, 0.77);
    Tensor gradient = Autodiff.grad(p -> Losses.sumOfSquaredErrors(p, target)).apply(prediction);
    notebook.number(
        "sum of squares over two outputs", Losses.sumOfSquaredErrors(prediction, target).item());
    notebook.claim(
        "the gradient of the sum of squares is 2 (yhat - y), output by output",
        Difference.largest(gradient, prediction.sub(target).mul(2)) <= TOLERANCE);
    notebook.claim(
        "a step with rate 1/2 leads straight to the target",
        Difference.largest(prediction.sub(gradient.mul(0.5)), target) <= TOLERANCE);
    notebook.picture(
        "Contour lines of the sum of squares over two outputs: circles around the target (0.01,"
            + " 0.99). One step against the gradient, with a rate of 1/2, leads from any prediction"
            + " straight to it.",
        Contours.of(
                "Sum of squares over two outputs",
                (a, b) -> Losses.sumOfSquaredErrors(Tensor.of(a, b), target).item(),
                new Region(-1.8, 1.8, 0, 2)) // circles as circles
            .paths(List.of(step(prediction, gradient))));
  }

  private static Series step(Tensor prediction, Tensor gradient) {
    Tensor ends = Tensor.stack(1, List.of(prediction, prediction.sub(gradient.mul(0.5))));
    return new Series("step", ends.select(0, 0).toDoubleArray(), ends.select(0, 1).toDoubleArray());
  }
}
