package dev.lanegrad.examples.lectures.descent;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Difference;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.layers.loss.LossReduction;
import dev.lanegrad.layers.loss.MSELoss;
import java.util.List;
import java.util.stream.IntStream;

/** The last part of L2.2: from the losses of examples to the cost of a set. */
final class CostOfASet {
  private static final double TOLERANCE = 1e-12;

  private CostOfASet() {}

  static void show(Notebook notebook) {
    notebook.text("Four examples have four losses and one cost, and so it is with the gradients.");
    Tensor yhat = Tensor.of(0.5, 2.0, -1.0, 3.0);
    Tensor y = Tensor.of(1.0, 2.0, 1.0, 0.0);
    Tensor losses = new MSELoss(LossReduction.NONE).of(yhat, y);
    Tensor cost = Losses.meanSquaredError(yhat, y);
    double[] each = losses.toDoubleArray();
    notebook.table(
        "Squared errors of four examples",
        List.of("yhat", "y", "loss"),
        IntStream.range(0, each.length)
            .mapToObj(i -> List.of(yhat.toDoubleArray()[i], y.toDoubleArray()[i], each[i]))
            .toList());
    notebook.number("cost of the four", cost.item());
    notebook.claim(
        "the cost is the mean of the losses",
        Math.abs(cost.item() - losses.mean().item()) <= TOLERANCE);
    Tensor slope = Autodiff.grad(p -> Losses.meanSquaredError(p, y)).apply(yhat);
    notebook.claim(
        "the gradient of the cost is the mean of the gradients of the losses",
        Difference.largest(slope, yhat.sub(y).mul(2).div(each.length)) <= TOLERANCE);
  }
}
