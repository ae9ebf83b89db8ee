package dev.lanegrad.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What attention does with masks, above all where they leave nothing. */
class AttentionMasksTest {
  private static final double RULED_OUT = Double.NEGATIVE_INFINITY;

  private static MultiheadAttention layer(DType dtype) {
    return new MultiheadAttention(4, 2, 0, dtype, new SplittableRandom(1));
  }

  private static Tensor sequence(DType dtype) {
    return LayerSample.normal(2, 3, 4).cast(dtype).requiresGrad();
  }

  @Test
  void numbersCanBeAMask() {
    MultiheadAttention layer = layer(DType.FLOAT64);
    Tensor x = sequence(DType.FLOAT64);
    for (double least : new double[] {-1e30, RULED_OUT}) {
      Tensor mask = Tensor.of(new double[][] {{0, least, 0}, {0, 0, 0}, {least, 0, least}});
      assertArrayEquals(
          layer.attend(x, x, x, mask.less(0), null).output().toDoubleArray(),
          layer.attend(x, x, x, mask, null).output().toDoubleArray());
    }
    Tensor finite = Tensor.of(new double[][] {{0, -1, 2}, {0.5, 0, 0}, {1, 0, -3}}).requiresGrad();
    MultiheadAttention.Output output = layer.attend(x, x, x, finite, null);
    double[] plain = layer.attend(x, x, x, null, null).weights().log().toDoubleArray();
    double[] biased = output.weights().log().toDoubleArray();
    assertEquals(-1, biased[1] - biased[0] - (plain[1] - plain[0]), 1e-12);
    assertTrue(output.output().square().sum().backward().of(finite).norm().item() > 1e-3);
  }

  /** A row of -infinity, a row of true, and padding of everything do the same. */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void whereEverythingIsMaskedThereAreZeros(DType dtype) {
    Tensor numbers =
        Tensor.of(
                new double[][] {
                  {0, RULED_OUT, 0}, {RULED_OUT, RULED_OUT, RULED_OUT}, {RULED_OUT, 0, 0}
                })
            .cast(dtype);
    MultiheadAttention layer = layer(dtype);
    Tensor x = sequence(dtype);
    Tensor booleans = numbers.less(0);
    double[] bias = LayerSample.numbers(layer.namedParameters().get("out_proj.bias"));
    for (Tensor mask : new Tensor[] {numbers, booleans}) {
      MultiheadAttention.Output output = layer.attend(x, x, x, mask, null);
      for (int head = 0; head < 4; head++) {
        double[] weights = output.weights().reshape(4, 3, 3).select(0, head).toDoubleArray();
        assertEquals(0, weights[1]);
        assertEquals(1, weights[0] + weights[2], 1e-6);
        assertArrayEquals(new double[3], Arrays.copyOfRange(weights, 3, 6));
      }
      assertArrayEquals(bias, output.output().select(0, 1).select(0, 1).toDoubleArray());
      assertFinite(output, layer, x);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void aSequenceOfPaddingOnlyGetsZeros(DType dtype) {
    MultiheadAttention layer = layer(dtype).causal();
    Tensor x = sequence(dtype);
    Tensor padding = Tensor.ofBooleans(Shape.of(2, 3), true, true, true, true, false, true);
    MultiheadAttention.Output output = layer.attend(x, x, x, null, padding);
    double[] weights = output.weights().toDoubleArray();

    assertArrayEquals(new double[18], Arrays.copyOf(weights, 18));
    // Causal: the first target sees only the first source, which is padding; the others the second.
    assertArrayEquals(
        new double[] {0, 0, 0, 0, 1, 0, 0, 1, 0}, Arrays.copyOfRange(weights, 18, 27));
    assertFinite(output, layer, x);
  }

  private static void assertFinite(
      MultiheadAttention.Output output, MultiheadAttention layer, Tensor x) {
    Tensor loss = output.output().square().sum().add(output.weights().square().sum());
    Gradients gradients = loss.backward();
    assertTrue(Double.isFinite(gradients.of(x).abs().sum().item()));
    for (Parameter parameter : layer.parameters()) {
      assertTrue(Double.isFinite(gradients.of(parameter).abs().sum().item()), parameter::toString);
    }
  }

  /** A mask by large numbers does not become one with what is blocked. */
  @Test
  void whatIsBlockedIsLessThanAnyNumber() {
    MultiheadAttention layer = layer(DType.FLOAT32);
    Tensor x = sequence(DType.FLOAT32);
    Tensor low = Tensor.full(DType.FLOAT32, -1e30, 3, 3);
    Tensor padding = Tensor.ofBooleans(Shape.of(2, 3), true, false, true, true, false, true);
    double[] weights = layer.attend(x, x, x, low, padding).weights().toDoubleArray();

    assertArrayEquals(new double[] {0, 1, 0}, Arrays.copyOf(weights, 3));
  }

  @Test
  void masksOfOtherTypesAreRefused() {
    MultiheadAttention layer = layer(DType.FLOAT32);
    Tensor x = sequence(DType.FLOAT32);
    for (Tensor mask :
        new Tensor[] {
          Tensor.zeros(DType.FLOAT64, 3, 3), Tensor.ofInts(Shape.of(3, 3), new int[9])
        }) {
      DTypeException error =
          assertThrows(DTypeException.class, () -> layer.attend(x, x, x, mask, null));
      assertEquals(
          "attention: a mask is bool, true where nothing may be seen, or float32 to be added, not "
              + mask.dtype()
              + "[3, 3]",
          error.getMessage());
    }
  }
}
