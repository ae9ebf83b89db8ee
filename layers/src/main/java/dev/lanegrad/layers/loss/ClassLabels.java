package dev.lanegrad.layers.loss;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Checked labels and how much each example counts.
 *
 * @param labels int32, each a class; 0 where the example is ignored
 * @param weights of the examples, of the labels' shape; null if each is 1
 * @param total the sum of the weights, []
 */
record ClassLabels(Tensor labels, @Nullable Tensor weights, Tensor total) {
  /**
   * Labels for scores [.., classes].
   *
   * @param classWeights of shape [classes]; null if each is 1
   * @param ignored a label whose examples count nothing; null for none
   */
  static ClassLabels of(
      String loss,
      Tensor scores,
      Tensor labels,
      @Nullable Tensor classWeights,
      @Nullable Integer ignored) {
    check(loss, scores, labels);
    if (classWeights != null) {
      check(loss, classWeights, scores.shape().dim(-1));
    }
    new LabelRange(loss, scores.shape(), ignored).apply(List.of(labels));
    DType dtype = scores.dtype();
    if (classWeights == null && ignored == null) {
      return new ClassLabels(labels, null, Tensor.scalar(dtype, labels.size()));
    }
    List<Tensor> counted =
        new ExampleWeights(dtype, ignored)
            .apply(classWeights == null ? List.of(labels) : List.of(labels, classWeights.detach()));
    return new ClassLabels(counted.get(0), counted.get(1), counted.get(2));
  }

  /**
   * Checks what a loss is made with.
   *
   * @throws ShapeException if the weights are no vector
   * @throws IllegalArgumentException if one is negative or not finite
   */
  static void checkWeights(String loss, @Nullable Tensor weights) {
    if (weights == null) {
      return;
    }
    if (weights.rank() != 1) {
      throw new ShapeException(
          "%s: takes weights [classes], not %s%s"
              .formatted(loss, weights.dtype(), weights.shape()));
    }
    for (double weight : weights.toDoubleArray()) {
      Demand.notNegative(loss, "each weight", weight);
    }
  }

  private static void check(String loss, Tensor given, Tensor labels) {
    Shape scores = given.shape();
    int[] batch = Arrays.copyOf(scores.toArray(), Math.max(scores.rank() - 1, 0));
    if (scores.rank() == 0 || !Shape.of(batch).equals(labels.shape())) {
      throw new ShapeException(
          "%s: takes logits [.., classes] and labels [..], not %s and %s"
              .formatted(loss, scores, labels.shape()));
    }
    Demand.oneDtype(loss, given);
    if (labels.dtype() != DType.INT32) {
      throw new DTypeException(
          "%s: labels must be int32, not %s%s: cast(DType.INT32) makes them so"
              .formatted(loss, labels.dtype(), labels.shape()));
    }
  }

  /** Checks the weights of classes. */
  static void check(String loss, Tensor classWeights, int classes) {
    if (!classWeights.shape().equals(Shape.of(classes))) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "%s: takes weights [%d] for %d classes, not %s",
              loss,
              classes,
              classes,
              classWeights.shape()));
    }
  }

  /** The mean, sum or all of -x[label] weight for x of shape [.., classes]. */
  Tensor negativeLikelihood(String loss, LossReduction reduction, Tensor logProbabilities) {
    Tensor chosen = logProbabilities.gather(-1, labels.unsqueeze(-1)); // [.., 1]
    TensorType counted = new TensorType(chosen.dtype(), labels.shape());
    Tensor result =
        weights == null
            ? reduction.meanOver(total, loss, counted, Weighted.NEGATIVE, chosen)
            : reduction.meanOver(
                total, loss, counted, Weighted.WEIGHTED_NEGATIVE, chosen, weights.unsqueeze(-1));
    return reduction == LossReduction.NONE ? result.squeeze(-1) : result;
  }
}
