package dev.lanegrad.training;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.Locale;

/** How good predictions are. */
public final class Metrics {
  private Metrics() {}

  /**
   * The fraction of examples whose largest score is that of their label; of equal scores the first
   * counts.
   *
   * <p>Shapes: scores {@code [n, classes]} and int32 labels {@code [n]}.
   *
   * @throws ShapeException if shapes do not fit, there is no example, or a label is not a class
   * @throws DTypeException if labels are not int32
   * @throws IllegalArgumentException if a score is NaN
   */
  public static double accuracy(Tensor scores, Tensor labels) {
    int[] expected = checkedLabels("accuracy", scores, labels);
    int[] chosen = scores.argmax(1).toIntArray();
    int hits = 0;
    for (int i = 0; i < chosen.length; i++) {
      hits += chosen[i] == expected[i] ? 1 : 0;
    }
    return (double) hits / chosen.length;
  }

  /**
   * How many examples of each label have their largest score in each class; of equal scores the
   * first counts. Row: label, column: class of the largest score.
   *
   * <p>Shapes: scores {@code [n, classes]} and int32 labels {@code [n]} give int32 {@code [classes,
   * classes]}.
   *
   * @throws ShapeException if shapes do not fit, there is no example, or a label is not a class
   * @throws DTypeException if labels are not int32
   * @throws IllegalArgumentException if a score is NaN
   */
  public static Tensor confusionMatrix(Tensor scores, Tensor labels) {
    int[] expected = checkedLabels("confusionMatrix", scores, labels);
    int classes = scores.shape().dim(1);
    int[] chosen = scores.argmax(1).toIntArray();
    int[] counts = new int[Shape.of(classes, classes).size()];
    for (int i = 0; i < chosen.length; i++) {
      counts[expected[i] * classes + chosen[i]]++;
    }
    return Tensor.ofInts(Shape.of(classes, classes), counts);
  }

  private static int[] checkedLabels(String name, Tensor scores, Tensor labels) {
    boolean fits =
        scores.rank() == 2 && labels.rank() == 1 && scores.shape().dim(0) == labels.size();
    if (!fits || labels.size() == 0) {
      throw new ShapeException(
          "%s: takes scores [n, classes] and labels [n] of at least one example, not %s and %s"
              .formatted(name, scores.shape(), labels.shape()));
    }
    if (labels.dtype() != DType.INT32) {
      throw new DTypeException(
          "%s: labels must be int32, not %s%s: cast(DType.INT32) makes them so"
              .formatted(name, labels.dtype(), labels.shape()));
    }
    checkNoNaN(name, scores);
    int classes = scores.shape().dim(1);
    int[] checked = labels.toIntArray();
    for (int label : checked) {
      if (label < 0 || label >= classes) {
        throw new ShapeException(
            String.format(
                Locale.ROOT,
                "%s: label %d is none of the %d classes of scores %s (0 to %d)",
                name,
                label,
                classes,
                scores.shape(),
                classes - 1));
      }
    }
    return checked;
  }

  /** The largest of scores with NaN among them says nothing. */
  private static void checkNoNaN(String name, Tensor scores) {
    double[] values = scores.toDoubleArray();
    int classes = scores.shape().dim(1);
    for (int i = 0; i < values.length; i++) {
      if (Double.isNaN(values[i])) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s: the score of class %d of example %d in %s%s is NaN, so that no class has the"
                    + " largest: look for it by Autodiff.detectAnomaly",
                name,
                i % classes,
                i / classes,
                scores.dtype(),
                scores.shape()));
      }
    }
  }
}
