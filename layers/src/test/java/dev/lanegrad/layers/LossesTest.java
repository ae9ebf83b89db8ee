package dev.lanegrad.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import org.junit.jupiter.api.Test;

/** Values and gradients against formulas in plain Java. */
class LossesTest {
  private static final double[][] LOGITS = {{1, 2, 0.5}, {-1, 0, 3}};
  private static final int[] LABELS = {1, 0};

  private static double softmax(int row, int label) {
    double sum = 0;
    for (double logit : LOGITS[row]) {
      sum += Math.exp(logit);
    }
    return Math.exp(LOGITS[row][label]) / sum;
  }

  @Test
  void crossEntropyIsTheMeanOfNegativeLogProbabilities() {
    Tensor logits = Tensor.of(LOGITS).requiresGrad();
    Tensor loss = Losses.crossEntropy(logits, Tensor.ofInts(LABELS));

    assertEquals(Shape.SCALAR, loss.shape());
    assertEquals(-(Math.log(softmax(0, 1)) + Math.log(softmax(1, 0))) / 2, loss.item(), 1e-14);
    double[] expected = new double[6];
    for (int i = 0; i < 6; i++) {
      double hit = i % 3 == LABELS[i / 3] ? 1 : 0;
      expected[i] = (softmax(i / 3, i % 3) - hit) / 2;
    }
    assertArrayEquals(expected, loss.backward().of(logits).toDoubleArray(), 1e-15);
  }

  @Test
  void crossEntropyTakesFurtherDimensions() {
    Tensor two = Tensor.of(LOGITS);
    Tensor deep = Losses.crossEntropy(two.reshape(2, 1, 3), Tensor.ofInts(LABELS).reshape(2, 1));

    assertEquals(Losses.crossEntropy(two, Tensor.ofInts(LABELS)).item(), deep.item());
  }

  @Test
  void crossEntropyDoesNotOverflow() {
    Tensor logits = Tensor.of(new float[][] {{1e30f, 0}, {-1e4f, 1e4f}});

    assertEquals(0, Losses.crossEntropy(logits, Tensor.ofInts(0, 1)).item());
    assertEquals(2e4, Losses.crossEntropy(logits.slice(0, 1, 2), Tensor.ofInts(0)).item());
  }

  @Test
  void crossEntropyNamesALabelThatIsNoClass() {
    ShapeException error =
        assertThrows(
            ShapeException.class,
            () -> Losses.crossEntropy(Tensor.of(LOGITS), Tensor.ofInts(1, 3)));

    assertEquals(
        "crossEntropy: label 3 is none of the 3 classes of logits [2, 3] (0 to 2)",
        error.getMessage());
  }

  @Test
  void crossEntropyRefusesOtherLabels() {
    ShapeException oneHot =
        assertThrows(
            ShapeException.class, () -> Losses.crossEntropy(Tensor.of(LOGITS), Tensor.of(LOGITS)));

    assertEquals(
        "crossEntropy: takes logits [.., classes] and labels [..], not [2, 3] and [2, 3]",
        oneHot.getMessage());
    assertThrows(
        DTypeException.class, () -> Losses.crossEntropy(Tensor.of(LOGITS), Tensor.of(1.0, 0.0)));
    assertThrows(
        ShapeException.class, () -> Losses.crossEntropy(Tensor.of(LOGITS), Tensor.ofInts(1, 0, 1)));
  }

  @Test
  void meanSquaredError() {
    Tensor prediction = Tensor.of(1.0, 2.0, 4.0, -1.0).requiresGrad();
    Tensor loss = Losses.meanSquaredError(prediction, Tensor.of(1.0, 1.0, 1.0, 1.0));

    assertEquals((0 + 1 + 9 + 4) / 4.0, loss.item());
    assertArrayEquals(
        new double[] {0, 0.5, 1.5, -1}, loss.backward().of(prediction).toDoubleArray());
  }

  @Test
  void meanAbsoluteError() {
    Tensor prediction = Tensor.of(1.0, 2.0, 4.0, -1.0).requiresGrad();
    Tensor loss = Losses.meanAbsoluteError(prediction, Tensor.of(1.0, 1.0, 1.0, 1.0));

    assertEquals((0 + 1 + 3 + 2) / 4.0, loss.item());
    assertArrayEquals(
        new double[] {0, 0.25, 0.25, -0.25}, loss.backward().of(prediction).toDoubleArray());
  }

  @Test
  void binaryCrossEntropy() {
    double[] x = {-2, 0.5, 3};
    double[] t = {1, 0.25, 0};
    double expected = 0;
    double[] slopes = new double[3];
    for (int i = 0; i < 3; i++) {
      double p = 1 / (1 + Math.exp(-x[i]));
      expected -= (t[i] * Math.log(p) + (1 - t[i]) * Math.log(1 - p)) / 3;
      slopes[i] = (p - t[i]) / 3;
    }
    Tensor logits = Tensor.of(x).requiresGrad();
    Tensor loss = Losses.binaryCrossEntropyWithLogits(logits, Tensor.of(t));

    assertEquals(expected, loss.item(), 1e-14);
    assertArrayEquals(slopes, loss.backward().of(logits).toDoubleArray(), 1e-15);
  }

  @Test
  void binaryCrossEntropyDoesNotOverflow() {
    Tensor logits = Tensor.of(1e4f, -1e4f);

    assertEquals(0, Losses.binaryCrossEntropyWithLogits(logits, Tensor.of(1f, 0f)).item());
    assertEquals(1e4, Losses.binaryCrossEntropyWithLogits(logits, Tensor.of(0f, 1f)).item());
  }

  @Test
  void elementwiseLossesDoNotBroadcast() {
    ShapeException error =
        assertThrows(
            ShapeException.class,
            () ->
                Losses.meanSquaredError(
                    Tensor.zeros(DType.FLOAT32, 4, 1), Tensor.zeros(DType.FLOAT32, 4)));

    assertEquals("meanSquaredError: shapes differ: [4, 1] x [4]", error.getMessage());
  }
}
