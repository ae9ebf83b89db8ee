package dev.lanegrad.layers.loss;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Checked labels and how much each example counts.
 *
 * @param labels int32, each a class; 0 where the example is ignored
 * @param weights of the examples, of the labels' shape; null if each is 1
 * @param total the sum of the weights
 */
record ClassLabels(Tensor labels, @Nullable Tensor weights, double total) {
  private static final double[] NONE = {};

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
    int classes = scores.shape().dim(-1);
    boolean plain = classWeights == null && ignored == null;
    double[] ofClass = plain ? NONE : weights(loss, classWeights, classes);
    if (labels.isMeta()) {
      Tensor noWeights = Tensor.meta(scores.dtype(), labels.shape().toArray());
      return new ClassLabels(labels, plain ? null : noWeights, labels.size());
    }
    int[] chosen = labels.toIntArray();
    double[] ofExample = plain ? NONE : new double[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      if (ignored != null && chosen[i] == ignored) {
        chosen[i] = 0;
      } else if (chosen[i] < 0 || chosen[i] >= classes) {
        throw new ShapeException(
            String.format(
                Locale.ROOT,
                "%s: label %d is none of the %d classes of logits %s (0 to %d)",
                loss,
                chosen[i],
                classes,
                scores.shape(),
                classes - 1));
      } else if (!plain) {
        ofExample[i] = ofClass[chosen[i]];
      }
    }
    if (plain) {
      return new ClassLabels(labels, null, chosen.length);
    }
    Tensor weights = Tensor.ofDoubles(scores.dtype(), labels.shape(), ofExample);
    Tensor safe = Tensor.ofInts(labels.shape(), chosen);
    return new ClassLabels(safe, weights, Arrays.stream(ofExample).sum());
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

  private static double[] weights(String loss, @Nullable Tensor classWeights, int classes) {
    double[] ones = new double[classes];
    Arrays.fill(ones, 1);
    if (classWeights == null) {
      return ones;
    }
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
    return classWeights.toDoubleArray();
  }

  /** The mean, sum or all of -x[label] weight for x of shape [.., classes]. */
  Tensor negativeLikelihood(String loss, LossReduction reduction, Tensor logProbabilities) {
    Tensor chosen = logProbabilities.gather(-1, labels.unsqueeze(-1)).squeeze(-1);
    return weights == null
        ? reduction.meanOver(total, loss, Weighted.NEGATIVE, chosen)
        : reduction.meanOver(total, loss, Weighted.WEIGHTED_NEGATIVE, chosen, weights);
  }
}
