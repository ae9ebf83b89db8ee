package dev.lanegrad.training;

import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;

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
    boolean fits =
        scores.rank() == 2 && labels.rank() == 1 && scores.shape().dim(0) == labels.size();
    if (!fits || labels.size() == 0) {
      throw new ShapeException(
          "accuracy: takes scores [n, classes] and labels [n], not %s and %s"
              .formatted(scores.shape(), labels.shape()));
    }
    int[] expected = labels.toIntArray();
    int[] chosen = scores.argmax(1).toIntArray();
    int hits = 0;
    for (int i = 0; i < chosen.length; i++) {
      hits += chosen[i] == expected[i] ? 1 : 0;
    }
    return (double) hits / chosen.length;
  }
}
