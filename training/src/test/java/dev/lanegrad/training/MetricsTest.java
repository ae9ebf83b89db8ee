package dev.lanegrad.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final Tensor SCORES =
      Tensor.of(new float[][] {{3, 1, 2}, {0, 5, 1}, {2, 2, 1}, {-3, -2, -1}});

  @Test
  void accuracyIsTheFractionOfHits() {
    assertEquals(1, Metrics.accuracy(SCORES, Tensor.ofInts(0, 1, 0, 2)));
    assertEquals(0.5, Metrics.accuracy(SCORES, Tensor.ofInts(0, 1, 1, 0)));
    assertEquals(0, Metrics.accuracy(SCORES, Tensor.ofInts(1, 2, 1, 0)));
  }

  @Test
  void refusesWhatDoesNotFit() {
    ShapeException error =
        assertThrows(ShapeException.class, () -> Metrics.accuracy(SCORES, Tensor.ofInts(1, 2)));
    assertEquals(
        "accuracy: takes scores [n, classes] and labels [n] of at least one example, not [4, 3] and"
            + " [2]",
        error.getMessage());
    assertThrows(ShapeException.class, () -> Metrics.accuracy(SCORES, SCORES));
    assertThrows(
        ShapeException.class,
        () -> Metrics.accuracy(Tensor.zeros(DType.FLOAT32, 0, 3), Tensor.ofInts()));
  }

  private static void assertRefused(
      Class<? extends RuntimeException> type, String reason, Tensor scores, Tensor labels) {
    BiFunction<Tensor, Tensor, Object> accuracy = Metrics::accuracy;
    Map.of("accuracy", accuracy, "confusionMatrix", Metrics::confusionMatrix)
        .forEach(
            (name, metric) ->
                assertEquals(
                    name + ": " + reason,
                    assertThrows(type, () -> metric.apply(scores, labels)).getMessage()));
  }

  @Test
  void refusesWhatIsNoScoreAndNoLabel() {
    String none = "label %d is none of the 3 classes of scores [4, 3] (0 to 2)";
    assertRefused(
        ShapeException.class,
        String.format(Locale.ROOT, none, 3),
        SCORES,
        Tensor.ofInts(0, 1, 3, 2));
    assertRefused(
        ShapeException.class,
        String.format(Locale.ROOT, none, -1),
        SCORES,
        Tensor.ofInts(-1, 1, 0, 2));
    assertRefused(
        DTypeException.class,
        "labels must be int32, not float32[4]: cast(DType.INT32) makes them so",
        SCORES,
        Tensor.of(0F, 1, 0, 2));
    float[][] diverged = {{0, Float.POSITIVE_INFINITY}, {Float.NaN, 1}};
    assertRefused(
        IllegalArgumentException.class,
        "the score of class 0 of example 1 in float32[2, 2] is NaN, so that no class has the"
            + " largest: look for it by Autodiff.detectAnomaly",
        Tensor.of(diverged),
        Tensor.ofInts(1, 0));
    assertEquals(1, Metrics.accuracy(Tensor.of(new float[][] {diverged[0]}), Tensor.ofInts(1)));
  }

  @Test
  void theConfusionMatrixCountsLabelsByTheirClass() {
    Tensor matrix = Metrics.confusionMatrix(SCORES, Tensor.ofInts(0, 2, 1, 2));

    assertEquals(Shape.of(3, 3), matrix.shape());
    assertArrayEquals(new int[] {1, 0, 0, 1, 0, 0, 0, 1, 1}, matrix.toIntArray());
    assertEquals(
        "confusionMatrix: label 3 is none of the 3 classes of scores [4, 3] (0 to 2)",
        assertThrows(
                ShapeException.class,
                () -> Metrics.confusionMatrix(SCORES, Tensor.ofInts(0, 3, 1, 2)))
            .getMessage());
    assertThrows(ShapeException.class, () -> Metrics.confusionMatrix(SCORES, Tensor.ofInts(0, 1)));
  }
}
