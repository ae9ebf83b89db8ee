package dev.lanegrad.examples.lectures.descent;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.loss.BCELoss;
import dev.lanegrad.layers.loss.HingeLoss;
import dev.lanegrad.layers.loss.HuberLoss;
import dev.lanegrad.layers.loss.L1Loss;
import dev.lanegrad.layers.loss.Loss;
import dev.lanegrad.layers.loss.LossReduction;
import dev.lanegrad.layers.loss.MSELoss;

/** Losses of one prediction, each with its derivative as the lecture writes it. */
final class PredictionLosses {
  private static final double DELTA = 1;

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

  static final FunctionWithSlope ABSOLUTE =
      of(
          "absolute error",
          new L1Loss(LossReduction.NONE),
          0,
          "sign(yhat - y)",
          (yhat, y) -> yhat.sub(y).sign());
  static final FunctionWithSlope SQUARED =
      of(
          "squared error",
          new MSELoss(LossReduction.NONE),
          0,
          "2 (yhat - y)",
          (yhat, y) -> yhat.sub(y).mul(2));
  static final FunctionWithSlope HUBER =
      of(
          "Huber loss",
          new HuberLoss(DELTA, LossReduction.NONE),
          0,
          "yhat - y, cut off at -delta and delta",
          (yhat, y) -> yhat.sub(y).clamp(-DELTA, DELTA));
  static final FunctionWithSlope BINARY_ONE =
      of(
          "binary cross-entropy for y = 1",
          new BCELoss(LossReduction.NONE),
          1,
          "-1 / a",
          (a, y) -> a.reciprocal().neg());
  static final FunctionWithSlope BINARY_ZERO =
      of(
          "binary cross-entropy for y = 0",
          new BCELoss(LossReduction.NONE),
          0,
          "1 / (1 - a)",
          (a, y) -> a.neg().add(1).reciprocal());
  static final FunctionWithSlope HINGE =
      of(
          "hinge loss for y = 1",
          new HingeLoss(1, LossReduction.NONE),
          1,
          "-y where y z < 1, else 0",
          (z, y) -> z.mul(y).sub(1).sign().sub(1).mul(y / 2));
  static final FunctionWithSlope PERCEPTRON =
      of(
          "perceptron loss for y = 1",
          new HingeLoss(0, LossReduction.NONE),
          1,
          "-y where y z < 0, else 0",
          (z, y) -> z.mul(y).sign().sub(1).mul(y / 2));

  private PredictionLosses() {}
}
