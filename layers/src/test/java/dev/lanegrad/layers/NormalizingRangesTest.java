package dev.lanegrad.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.loss.CosineEmbeddingLoss;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Normalised numbers are near 1, however large the input is and however far from 0. */
class NormalizingRangesTest {
  private static final SplittableRandom RANDOM = new SplittableRandom(1);

  private static Tensor rows(float... numbers) {
    return Tensor.of(numbers).reshape(1, numbers.length);
  }

  private static void assertGives(Layer layer, Tensor x, double... expected) {
    assertArrayEquals(expected, layer.forward(x).toDoubleArray(), 1e-6);
  }

  @Test
  void largeNumbersAreNormalised() {
    Tensor x = rows(1e30f, -1e30f, 3e30f, -3e30f);
    double a = 1 / Math.sqrt(5);
    assertGives(new LayerNorm(4), x, a, -a, 3 * a, -3 * a);
    assertGives(new LayerNorm(4).withoutParameters(), x, a, -a, 3 * a, -3 * a);
    assertGives(new RMSNorm(4), x, a, -a, 3 * a, -3 * a);
    assertGives(new GroupNorm(1, 4), x, a, -a, 3 * a, -3 * a);
    assertGives(new BatchNorm1d(1), x.reshape(4, 1), a, -a, 3 * a, -3 * a);
    assertGives(new BatchNorm2d(1), x.reshape(1, 1, 2, 2), a, -a, 3 * a, -3 * a);
    assertGives(new LayerNorm(4), rows(3e38f, 3e38f, -3e38f, -3e38f), 1, 1, -1, -1);
  }

  @Test
  void smallNumbersWithoutEpsAreNormalised() {
    Tensor x = rows(1e-30f, -1e-30f, 3e-30f, -3e-30f);
    double a = 1 / Math.sqrt(5);
    assertGives(new LayerNorm(4).eps(0), x, a, -a, 3 * a, -3 * a);
    assertGives(new RMSNorm(4).eps(0), x, a, -a, 3 * a, -3 * a);
    assertArrayEquals(
        new double[] {1, -1, 3, -3},
        new RMSNorm(4).forward(x).mul(1e30 * Math.sqrt(Math.ulp(1f))).toDoubleArray(),
        1e-6);
  }

  @Test
  void differencesOfTheLastDigitAreNormalised() {
    float ulp = Math.ulp(1e4f);
    Tensor x = rows(1e4f, 1e4f + ulp, 1e4f + 2 * ulp, 1e4f + 3 * ulp);
    double step = 2 / Math.sqrt(5);
    assertGives(new LayerNorm(4).eps(0), x, -1.5 * step, -step / 2, step / 2, 1.5 * step);
    assertGives(
        new BatchNorm1d(1).eps(0), x.reshape(4, 1), -1.5 * step, -step / 2, step / 2, 1.5 * step);
    assertGives(new LayerNorm(3), rows(0.1f, 0.1f, 0.1f), 0, 0, 0);
  }

  @Test
  void valuesAndGradientsAreThoseOfFloat64() {
    for (double mean : new double[] {1e3, 1e4, 1e5}) {
      Tensor image = Tensor.normal(RANDOM, DType.FLOAT32, 4, 2, 5, 5).add(mean);
      assertAgree(d -> new BatchNorm2d(2, d), image);
      assertAgree(d -> new GroupNorm(2, 2, d), image);
      assertAgree(d -> new LayerNorm(d, 5, 5), image);
      Tensor rows = Tensor.normal(RANDOM, DType.FLOAT32, 30, 8).add(mean);
      assertAgree(d -> new BatchNorm1d(8, d), rows);
      assertAgree(d -> new LayerNorm(d, 8), rows);
      assertAgree(d -> new RMSNorm(d, 8).eps(1e-5), rows);
    }
    Tensor large = Tensor.normal(RANDOM, DType.FLOAT32, 30, 8).mul(1e25);
    assertAgree(d -> new BatchNorm1d(8, d).eps(0), large);
    assertAgree(d -> new LayerNorm(d, 8).eps(0), large);
    assertAgree(d -> new RMSNorm(d, 8).eps(0), large);
  }

  /** Gradients within 2e-6 of the largest. */
  private static void assertAgree(Function<DType, Layer> layer, Tensor x) {
    Tensor seed = Tensor.normal(RANDOM, DType.FLOAT32, x.shape().toArray());
    double[][] narrow = valuesAndGradients(layer.apply(DType.FLOAT32), x, seed);
    Tensor wide = x.cast(DType.FLOAT64);
    double[][] expected =
        valuesAndGradients(layer.apply(DType.FLOAT64), wide, seed.cast(DType.FLOAT64));
    for (int k = 0; k < expected.length; k++) {
      double largest = Tensor.of(expected[k]).abs().max().item();
      assertArrayEquals(expected[k], narrow[k], 2e-6 * largest);
    }
  }

  private static double[][] valuesAndGradients(Layer layer, Tensor x, Tensor seed) {
    Tensor leaf = x.requiresGrad();
    Tensor y = layer.forward(leaf);
    Gradients gradients = y.backward(seed);
    return new double[][] {
      y.toDoubleArray(),
      gradients.of(leaf).toDoubleArray(),
      gradients.of(layer.parameters().getFirst()).toDoubleArray()
    };
  }

  @Test
  void runningMomentsAreThoseOfTheInput() {
    BatchNorm1d layer = new BatchNorm1d(2).momentum(1);
    layer.forward(Tensor.of(new float[][] {{1e4f, 1e18f}, {1e4f + 2, -1e18f}}));
    double[] mean = layer.running().mean().tensor().toDoubleArray();
    double[] variance = layer.running().variance().tensor().toDoubleArray();
    assertArrayEquals(new double[] {1e4 + 1, 0}, mean);
    assertEquals(2, variance[0], 1e-6);
    assertEquals(2e36, variance[1], 1e30);
  }

  @Test
  void cosinesOfLargeVectors() {
    for (float scale : new float[] {1, 1e10f, 1e20f, 1e37f}) {
      Tensor a = rows(scale, scale).requiresGrad();
      Tensor b = rows(0, 3 * scale);
      Tensor loss = new CosineEmbeddingLoss().of(a, b, Tensor.ofInts(1));
      double half = Math.sqrt(0.5);
      assertEquals(1 - half, loss.item(), 1e-6);
      double[] gradient = loss.backward().of(a).mul(scale).toDoubleArray();
      assertArrayEquals(new double[] {half / 2, -half / 2}, gradient, 1e-6);
    }
  }
}
