package dev.lanegrad.examples.lectures.descent;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Difference;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.loss.BCELoss;
import dev.lanegrad.layers.loss.HingeLoss;
import dev.lanegrad.layers.loss.HuberLoss;
import dev.lanegrad.layers.loss.L1Loss;
import dev.lanegrad.layers.loss.Loss;
import dev.lanegrad.layers.loss.LossReduction;
import dev.lanegrad.layers.loss.MSELoss;
import java.util.List;

/** L2.2: how wrong a prediction is, and where to move it. */
final class LossFunctions {
  private static final double DELTA = 1;
  private static final double TOLERANCE = 1e-12;

  /** Of every prediction with the same target, as a function of the prediction. */
  private static FunctionWithSlope of(
      String name, Loss loss, double target, String formula, Slope slope) {
    return new FunctionWithSlope(
        name,
        yhat -> loss.of(yhat, yhat.detach().mul(0).add(target)),
        formula,
        yhat -> slope.of(yhat, target));
  }

  /** A derivative with respect to the prediction. */
  private interface Slope {
    Tensor of(Tensor yhat, double y);
  }

  private static final FunctionWithSlope ABSOLUTE =
      of(
          "absolute error",
          new L1Loss(LossReduction.NONE),
          0,
          "sign(yhat - y)",
          (yhat, y) -> yhat.sub(y).sign());
  private static final FunctionWithSlope SQUARED =
      of(
          "squared error",
          new MSELoss(LossReduction.NONE),
          0,
          "2 (yhat - y)",
          (yhat, y) -> yhat.sub(y).mul(2));
  private static final FunctionWithSlope HUBER =
      of(
          "Huber loss",
          new HuberLoss(DELTA, LossReduction.NONE),
          0,
          "yhat - y, cut off at -delta and delta",
          (yhat, y) -> yhat.sub(y).clamp(-DELTA, DELTA));
  private static final FunctionWithSlope BINARY_ONE =
      of(
          "binary cross-entropy for y = 1",
          new BCELoss(LossReduction.NONE),
          1,
          "-1 / a",
          (a, y) -> a.reciprocal().neg());
  private static final FunctionWithSlope BINARY_ZERO =
      of(
          "binary cross-entropy for y = 0",
          new BCELoss(LossReduction.NONE),
          0,
          "1 / (1 - a)",
          (a, y) -> a.neg().add(1).reciprocal());
  private static final FunctionWithSlope HINGE =
      of(
          "hinge loss for y = 1",
          new HingeLoss(1, LossReduction.NONE),
          1,
          "-y where y z < 1, else 0",
          (z, y) -> z.mul(y).sub(1).sign().sub(1).mul(y / 2));
  private static final FunctionWithSlope PERCEPTRON =
      of(
          "perceptron loss for y = 1",
          new HingeLoss(0, LossReduction.NONE),
          1,
          "-y where y z < 0, else 0",
          (z, y) -> z.mul(y).sign().sub(1).mul(y / 2));

  private LossFunctions() {}

  static void run(Notebook notebook) {
    notebook.text(
        "A loss compares a prediction yhat with its target y. It is what one example costs; the"
            + " cost of a set is the mean of its losses. Descent sees nothing of a loss but its"
            + " derivative with respect to the prediction: the absolute error pulls equally at all"
            + " examples, the squared error in proportion to how far off they are, which outliers"
            + " dominate, and Huber's is quadratic near 0 and a line beyond delta.");
    Tensor error = Tensor.linspace(DType.FLOAT64, -3, 3, 398); // without the kinks at -1, 0 and 1
    List<FunctionWithSlope> ofErrors = List.of(ABSOLUTE, SQUARED, HUBER);
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
    List.of(BINARY_ONE, BINARY_ZERO)
        .forEach(loss -> loss.show(notebook, "a, the probability of class 1", probability));
    CrossEntropies.show(notebook);
    notebook.text(
        "Losses for scores z and targets y of -1 and 1 ask for the right side only: the"
            + " perceptron's for any score of the right sign, the hinge loss for a margin of 1.");
    List.of(HINGE, PERCEPTRON).forEach(loss -> loss.show(notebook, "z", error));
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
