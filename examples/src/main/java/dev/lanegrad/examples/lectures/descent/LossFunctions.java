package dev.lanegrad.examples.lectures.descent;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Difference;
import dev.lanegrad.examples.lectures.Notebook;
import java.util.List;

/** L2.2: how wrong a prediction is, and where to move it. */
final class LossFunctions {
  private static final double TOLERANCE = 1e-12;

  private LossFunctions() {}

  static void run(Notebook notebook) {
    notebook.text(
        "A loss compares a prediction yhat with its target y. It is what one example costs; the"
            + " cost of a set is the mean of its losses. Descent sees nothing of a loss but its"
            + " derivative with respect to the prediction: the absolute error pulls equally at all"
            + " examples, the squared error in proportion to how far off they are, which outliers"
            + " dominate, and Huber's is quadratic near 0 and a line beyond delta.");
    Tensor error = Tensor.linspace(DType.FLOAT64, -3, 3, 398); // without the kinks at -1, 0 and 1
    List<FunctionWithSlope> ofErrors =
        List.of(PredictionLosses.ABSOLUTE, PredictionLosses.SQUARED, PredictionLosses.HUBER);
    ofErrors.forEach(loss -> loss.show(notebook, "yhat - y", error));
    notebook.picture(
        "Three losses for regression; Huber's follows half the squared error as far as delta = 1.",
        FunctionWithSlope.together("Losses for regression", "yhat - y", error, ofErrors));
    absoluteErrorByTarget(notebook);
    SeveralOutputs.show(notebook);
    notebook.text(
        "For classes a squared error learns slowly where the output is sure and wrong. The"
            + " cross-entropy -y log a - (1 - y) log(1 - a) grows without bound there.");
    Tensor probability = Tensor.linspace(DType.FLOAT64, 0.05, 0.95, 400);
    List.of(PredictionLosses.BINARY_ONE, PredictionLosses.BINARY_ZERO)
        .forEach(loss -> loss.show(notebook, "a, the probability of class 1", probability));
    CrossEntropies.show(notebook);
    notebook.text(
        "Losses for scores z and targets y of -1 and 1 ask for the right side only: the"
            + " perceptron's for any score of the right sign, the hinge loss for a margin of 1.");
    List.of(PredictionLosses.HINGE, PredictionLosses.PERCEPTRON)
        .forEach(loss -> loss.show(notebook, "z", error));
    CostOfASet.show(notebook);
  }

  private static void absoluteErrorByTarget(Notebook notebook) {
    notebook.text(
        "The lecture writes the derivative of |y - yhat| as -1 where y < yhat: that is the one with"
            + " respect to y. With respect to yhat, which training moves, it has the other sign.");
    Tensor yhat = Tensor.of(2.0, 2.0);
    Tensor y = Tensor.of(1.0, 3.0);
    Tensor byTarget = Autodiff.grad(t -> t.sub(yhat).abs().sum()).apply(y);
    notebook.claim(
        "the derivative of |y - yhat| with respect to y is -1 where y < yhat, else 1",
        Difference.largest(byTarget, Tensor.of(-1.0, 1.0)) <= TOLERANCE);
    Tensor byPrediction = Autodiff.grad(p -> y.sub(p).abs().sum()).apply(yhat);
    notebook.claim(
        "with respect to yhat it is sign(yhat - y)",
        Difference.largest(byPrediction, yhat.sub(y).sign()) <= TOLERANCE);
  }
}
