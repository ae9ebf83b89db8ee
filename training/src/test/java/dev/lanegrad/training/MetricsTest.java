package dev.lanegrad.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
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
        "accuracy: takes scores [n, classes] and labels [n], not [4, 3] and [2]",
        error.getMessage());
    assertThrows(ShapeException.class, () -> Metrics.accuracy(SCORES, SCORES));
    assertThrows(
        ShapeException.class,
        () -> Metrics.accuracy(Tensor.zeros(DType.FLOAT32, 0, 3), Tensor.ofInts()));
  }

  @Test
  void theConfusionMatrixCountsLabelsByTheirClass() {
    Tensor matrix = Metrics.confusionMatrix(SCORES, Tensor.ofInts(0, 2, 1, 2));

    assertEquals(Shape.of(3, 3), matrix.shape());
    assertArrayEquals(new int[] {1, 0, 0, 1, 0, 0, 0, 1, 1}, matrix.toIntArray());
    assertEquals(
        "confusionMatrix: label 3 is none of the 3 classes of scores [4, 3]",
        assertThrows(
                ShapeException.class,
                () -> Metrics.confusionMatrix(SCORES, Tensor.ofInts(0, 3, 1, 2)))
            .getMessage());
    assertThrows(ShapeException.class, () -> Metrics.confusionMatrix(SCORES, Tensor.ofInts(0, 1)));
  }
}
