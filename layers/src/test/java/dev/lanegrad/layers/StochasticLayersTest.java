package dev.lanegrad.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What layers keep from one batch to the next: dropout's place, running statistics. */
class StochasticLayersTest {
  private static final Tensor ONES = Tensor.ones(DType.FLOAT32, 100, 100);

  private static Dropout dropout(double rate) {
    return new Dropout(rate, new SplittableRandom(1));
  }

  @Test
  void dropoutKeepsTheMean() {
    float[] y = dropout(0.3).forward(ONES).toFloatArray();
    int kept = 0;
    for (float v : y) {
      assertTrue(v == 0 || v == (float) (1 / (1 - 0.3)), () -> "" + v);
      kept += v == 0 ? 0 : 1;
    }

    assertEquals(0.7, kept / 10_000.0, 0.02);
  }

  @Test
  void dropoutDrawsAnewEachTimeAndGoesOnWhereItStopped() {
    Dropout layer = dropout(0.5);
    float[] first = layer.forward(ONES).toFloatArray();
    var state = layer.stateDict();
    float[] second = layer.forward(ONES).toFloatArray();
    Dropout resumed = new Dropout(0.5, new SplittableRandom(2));
    resumed.loadStateDict(state);

    assertFalse(Arrays.equals(first, second));
    assertArrayEquals(second, resumed.forward(ONES).toFloatArray());
    assertArrayEquals(first, dropout(0.5).forward(ONES).toFloatArray());
  }

  @Test
  void dropoutIsOffInEvaluationAndAtRateZero() {
    Dropout layer = dropout(0.5);
    layer.eval();

    assertSame(ONES, layer.forward(ONES));
    assertSame(ONES, dropout(0).forward(ONES));
    assertEquals(0, dropout(1).forward(ONES).sum().item());
    assertThrows(IllegalArgumentException.class, () -> dropout(1.1));
    assertThrows(IllegalArgumentException.class, () -> dropout(-0.1));
  }

  @Test
  void dropout2dDropsWholeChannels() {
    Tensor x = Tensor.ones(DType.FLOAT64, 20, 10, 2, 3);
    double[] sums =
        new Dropout2d(0.5, new SplittableRandom(1)).forward(x).sum(2, 3).toDoubleArray();

    assertTrue(Arrays.stream(sums).allMatch(sum -> sum == 0 || sum == 12));
    assertEquals(0.5, Arrays.stream(sums).filter(sum -> sum == 0).count() / 200.0, 0.1);
  }

  /** Channel 0 has 1, 3, 5, 7: mean 4, biased variance 5, unbiased 20 / 3. */
  @Test
  void batchNormNormalisesByTheBiasedAndRemembersTheUnbiasedVariance() {
    BatchNorm1d layer = new BatchNorm1d(2, DType.FLOAT64).eps(0).momentum(0.1);
    Tensor x = Tensor.of(new double[][] {{1, 0}, {3, 0}, {5, 2}, {7, 2}});
    double[] y = layer.forward(x).toDoubleArray();

    assertEquals(-3 / Math.sqrt(5), y[0], 1e-14);
    assertEquals(-1, y[1], 1e-14);
    assertClose(new double[] {0.4, 0.1}, layer.running().mean());
    assertClose(new double[] {0.9 + 0.1 * 20 / 3, 0.9 + 0.1 * 4 / 3}, layer.running().variance());
    layer.forward(x);
    assertClose(new double[] {0.9 * 0.4 + 0.4, 0.9 * 0.1 + 0.1}, layer.running().mean());
  }

  private static void assertClose(double[] expected, Parameter actual) {
    assertArrayEquals(expected, actual.tensor().toDoubleArray(), 1e-14);
  }

  @Test
  void batchNormUsesAndKeepsRunningMomentsInEvaluation() {
    BatchNorm2d layer = new BatchNorm2d(1, DType.FLOAT64).eps(0);
    layer.running().mean().assign(Tensor.of(2.0));
    layer.running().variance().assign(Tensor.of(4.0));
    layer.eval();

    double[] y = layer.forward(Tensor.full(DType.FLOAT64, 6, 1, 1, 1, 2)).toDoubleArray();
    assertArrayEquals(new double[] {2, 2}, y, 1e-14);
    assertClose(new double[] {2}, layer.running().mean());
    assertClose(new double[] {4}, layer.running().variance());
  }

  /** The gradient of evaluated batch normalisation is that of a linear function. */
  @Test
  void batchNormPassesGradientsInEvaluation() {
    BatchNorm1d layer = new BatchNorm1d(1, DType.FLOAT64).eps(0);
    layer.running().variance().assign(Tensor.of(4.0));
    layer.eval();
    Tensor x = Tensor.of(new double[][] {{1}, {5}}).requiresGrad();

    assertArrayEquals(
        new double[] {0.5, 0.5}, layer.forward(x).sum().backward().of(x).toDoubleArray());
  }
}
