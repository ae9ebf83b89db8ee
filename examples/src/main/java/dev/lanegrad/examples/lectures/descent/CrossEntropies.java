package dev.lanegrad.examples.lectures.descent;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Difference;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.layers.loss.BCEWithLogitsLoss;
import dev.lanegrad.layers.loss.CrossEntropyLoss;
import dev.lanegrad.layers.loss.LossReduction;
import java.util.List;

/** The losses of L2.2 that see the scores before a sigmoid or a softmax. */
final class CrossEntropies {
  private static final double TOLERANCE = 1e-12;

  private static final FunctionWithSlope OF_A_LOGIT =
      new FunctionWithSlope(
          "binary cross-entropy of the sigmoid of z for y = 1",
          z -> new BCEWithLogitsLoss().reduction(LossReduction.NONE).of(z, ones(z)),
          "a - y",
          z -> z.sigmoid().sub(1));

  /** With the other two scores at 0. */
  private static final FunctionWithSlope OF_SCORES =
      new FunctionWithSlope(
          "cross-entropy of the softmax of (z, 0, 0) for class 0",
          z -> new CrossEntropyLoss().reduction(LossReduction.NONE).of(scores(z), firstClass(z)),
          "p_0 - 1",
          z -> scores(z).softmax(1).select(1, 0).sub(1));

  private CrossEntropies() {}

  static void show(Notebook notebook) {
    notebook.text(
        "With the sigmoid before it the derivative of the cross-entropy loses its denominator:"
            + " dL/dz = a - y, the error itself, between -1 and 1. So it is with more classes,"
            + " where the loss is -log p of the true class and p the softmax of the scores: the"
            + " gradient is p minus the one-hot target.");
    Tensor z = Tensor.linspace(DType.FLOAT64, -5, 5, 400);
    OF_A_LOGIT.show(notebook, "z", z);
    OF_SCORES.show(notebook, "z", z);

    Tensor scores = Tensor.of(new double[][] {{2, 1, -1}, {0, 0.5, 3}});
    Tensor labels = Tensor.ofInts(0, 1);
    Tensor oneHot = Tensor.of(new double[][] {{1, 0, 0}, {0, 1, 0}});
    Tensor gradient = Autodiff.grad(s -> Losses.crossEntropy(s, labels)).apply(scores);
    notebook.claim(
        "the gradient of the categorical cross-entropy is softmax - one-hot, over the examples",
        Difference.largest(gradient, scores.softmax(1).sub(oneHot).div(2)) <= TOLERANCE);
    Tensor written = scores.softmax(1).log().mul(oneHot).sum(1).neg().mean();
    notebook.claim(
        "categorical cross-entropy is the mean of -log p of the true class",
        Math.abs(Losses.crossEntropy(scores, labels).item() - written.item()) <= TOLERANCE);
  }

  private static Tensor ones(Tensor z) {
    return Tensor.ones(DType.FLOAT64, z.size());
  }

  private static Tensor scores(Tensor z) {
    Tensor zeros = Tensor.zeros(DType.FLOAT64, z.size());
    return Tensor.stack(1, List.of(z, zeros, zeros));
  }

  private static Tensor firstClass(Tensor z) {
    return Tensor.ofInts(new int[z.size()]);
  }
}
