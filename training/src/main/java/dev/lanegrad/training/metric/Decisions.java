package dev.lanegrad.training.metric;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.Locale;

/**
 * Classes that were chosen and those that would have been right.
 *
 * @param classes how many there are, as far as one can see
 * @param chosen one for each example
 * @param labels one for each example
 */
record Decisions(int classes, int[] chosen, int[] labels) {
  /**
   * Reads scores {@code [.., classes]} (the largest counts, the first of equal ones), int32 classes
   * {@code [..]}, or scores of class 1 {@code [..]} against 0, where those above a threshold count.
   */
  static Decisions of(String metric, Tensor output, Tensor target, double threshold) {
    int[] labels = labels(metric, output, target);
    if (output.rank() == target.rank() + 1) {
      int classes = output.shape().dim(-1);
      checkRange(metric, labels, classes, output);
      checkNoNan(metric, output);
      return new Decisions(classes, labels.length == 0 ? labels : largest(output), labels);
    }
    if (output.dtype() == DType.INT32) {
      int[] chosen = output.toIntArray();
      checkRange(metric, chosen, Integer.MAX_VALUE, output);
      checkRange(metric, labels, Integer.MAX_VALUE, target);
      int classes = 0;
      for (int i = 0; i < labels.length; i++) {
        classes = Math.max(classes, 1 + Math.max(labels[i], chosen[i]));
      }
      return new Decisions(classes, chosen, labels);
    }
    checkRange(metric, labels, 2, output);
    checkNoNan(metric, output);
    double[] scores = output.toDoubleArray();
    int[] chosen = new int[scores.length];
    for (int i = 0; i < scores.length; i++) {
      chosen[i] = scores[i] > threshold ? 1 : 0;
    }
    return new Decisions(2, chosen, labels);
  }

  private static int[] largest(Tensor output) {
    return output.detach().argmax(-1).toIntArray();
  }

  /** The labels of scores {@code [.., classes]} or of one number for each. */
  static int[] labels(String metric, Tensor output, Tensor target) {
    Shape scores = output.shape();
    boolean perClass = scores.rank() == target.rank() + 1;
    boolean fits = perClass || scores.equals(target.shape());
    for (int axis = 0; perClass && axis < target.rank(); axis++) {
      fits &= scores.dim(axis) == target.shape().dim(axis);
    }
    if (!fits) {
      throw new ShapeException(
          "%s: takes scores [.., classes] or [..] and labels [..], not %s and %s"
              .formatted(metric, scores, target.shape()));
    }
    return integers(metric, target);
  }

  private static int[] integers(String metric, Tensor target) {
    if (target.dtype() == DType.INT32) {
      return target.toIntArray();
    }
    double[] values = target.toDoubleArray();
    int[] labels = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      labels[i] = (int) values[i];
      if (labels[i] != values[i]) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s: label %s of example %d is not the number of a class",
                metric,
                values[i],
                i));
      }
    }
    return labels;
  }

  static void checkRange(String metric, int[] labels, int classes, Tensor output) {
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new ShapeException(
            String.format(
                Locale.ROOT,
                "%s: label %d of example %d is no class of %s: classes are counted from 0",
                metric,
                labels[i],
                i,
                output.shape()));
      }
    }
  }

  static void checkNoNan(String metric, Tensor output) {
    if (output.size() > 0 && Double.isNaN(output.detach().max().item())) {
      throw new IllegalArgumentException(
          "%s: a score of %s is NaN, which is neither larger nor smaller than others"
              .formatted(metric, output.shape()));
    }
  }
}
