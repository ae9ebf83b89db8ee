package dev.lanegrad.training;

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
   * @throws ShapeException if shapes do not fit, or there is no example
   */
  public static double accuracy(Tensor scores, Tensor labels) {
    check("accuracy", scores, labels);
    int[] expected = labels.toIntArray();
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
   */
  public static Tensor confusionMatrix(Tensor scores, Tensor labels) {
    check("confusionMatrix", scores, labels);
    int classes = scores.shape().dim(1);
    int[] expected = labels.toIntArray();
    int[] chosen = scores.argmax(1).toIntArray();
    int[] counts = new int[Shape.of(classes, classes).size()];
    for (int i = 0; i < chosen.length; i++) {
      if (expected[i] < 0 || expected[i] >= classes) {
        throw new ShapeException(
            String.format(
                Locale.ROOT,
                "confusionMatrix: label %d is none of the %d classes of scores %s",
                expected[i],
                classes,
                scores.shape()));
      }
      counts[expected[i] * classes + chosen[i]]++;
    }
    return Tensor.ofInts(Shape.of(classes, classes), counts);
  }

  private static void check(String name, Tensor scores, Tensor labels) {
    boolean fits =
        scores.rank() == 2 && labels.rank() == 1 && scores.shape().dim(0) == labels.size();
    if (!fits || labels.size() == 0) {
      throw new ShapeException(
          "%s: takes scores [n, classes] and labels [n], not %s and %s"
              .formatted(name, scores.shape(), labels.shape()));
    }
  }
}
