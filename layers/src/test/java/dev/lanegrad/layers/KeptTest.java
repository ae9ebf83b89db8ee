package dev.lanegrad.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What the graph of a model keeps for its reverse pass. */
class KeptTest {
  private final SplittableRandom random = new SplittableRandom(1);

  private Tensor input(int... shape) {
    return Tensor.normal(random, DType.FLOAT32, shape);
  }

  /** Of arrays as large as tensors of shapes; with vectors' padding. */
  private static long bytes(int[]... shapes) {
    return Arrays.stream(shapes)
        .mapToLong(shape -> Arrays.stream(shape).reduce(1, Math::multiplyExact))
        .map(size -> 4 * ((size + 31) / 16 * 16))
        .sum();
  }

  @Test
  void aConvolutionalNetworkKeepsInputsOfLayersWithWeightsAndOfPoolings() {
    Sequential network =
        new Sequential(
            new Conv2d(1, 8, 5, random).padding(2),
            new ReLU(),
            new MaxPool2d(2),
            new Conv2d(8, 16, 5, random).padding(2),
            new ReLU(),
            new MaxPool2d(2),
            new Flatten(),
            new Linear(16 * 7 * 7, 10, random));
    Tensor output = network.forward(input(4, 1, 28, 28));
    long expected =
        bytes(
            new int[] {4, 1, 28, 28},
            new int[] {4, 8, 28, 28},
            new int[] {4, 8, 14, 14},
            new int[] {4, 16, 14, 14},
            new int[] {4, 16, 7, 7});
    assertEquals(expected, Autodiff.keptBytes(output));
  }

  @Test
  void aResidualBlockKeepsThreeQuartersAtMost() {
    Layer block =
        new Residual(
            new Sequential(
                new Conv2d(16, 16, 3, random).padding(1),
                new BatchNorm2d(16),
                new GELU(),
                new Conv2d(16, 16, 3, random).padding(1),
                new BatchNorm2d(16)));
    assertKeepsThreeQuarters(block, input(4, 16, 14, 14));
  }

  @Test
  void anEncoderLayerKeepsThreeQuartersAtMost() {
    assertKeepsThreeQuarters(new TransformerEncoderLayer(32, 4, 64, random), input(8, 16, 32));
  }

  /** Of what a graph keeps that keeps all, as one does in which anomalies are looked for. */
  private static void assertKeepsThreeQuarters(Layer layer, Tensor x) {
    long all = Autodiff.detectAnomaly(() -> Autodiff.keptBytes(layer.forward(x)));
    long kept = Autodiff.keptBytes(layer.forward(x));
    System.out.printf(
        Locale.ROOT,
        "%s: %,d of %,d bytes are kept%n",
        layer.getClass().getSimpleName(),
        kept,
        all);
    assertTrue(kept <= 0.75 * all, () -> kept + " of " + all + " bytes");
  }
}
