package dev.lanegrad.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** How long outputs of convolutions and poolings are, and what their settings leave as it is. */
class WindowedLayersTest {
  private static final SplittableRandom RANDOM = new SplittableRandom(1);
  private static final int[] NONE = {0};

  private static final List<Windowed<?>> LAYERS =
      List.of(
          new Conv1d(2, 4, 3, RANDOM),
          new Conv2d(2, 4, new int[] {3, 2}, 2, DType.FLOAT32, RANDOM),
          new ConvTranspose1d(2, 4, 3, RANDOM),
          new ConvTranspose2d(2, 4, new int[] {3, 2}, 2, DType.FLOAT32, RANDOM),
          new MaxPool1d(3),
          new MaxPool2d(3, 2),
          new AvgPool1d(3),
          new AvgPool2d(3, 2));

  private static Shape lengths(Layer layer, int... lengths) {
    int[] shape = new int[2 + lengths.length];
    shape[0] = 1;
    shape[1] = 2;
    System.arraycopy(lengths, 0, shape, 2, lengths.length);
    int[] result = layer.forward(Tensor.meta(DType.FLOAT32, shape)).shape().toArray();
    return Shape.of(result[2], result[result.length - 1]);
  }

  /** The formulas of {@link Window}, with other numbers for each dimension. */
  @Test
  void outputsAreAsLongAsTheFormulaSays() {
    int[] n = {11, 8};
    int[] k = {3, 2};
    for (int round = 0; round < 40; round++) {
      int[] s = {RANDOM.nextInt(1, 4), RANDOM.nextInt(1, 4)};
      int[] p = {RANDOM.nextInt(2), RANDOM.nextInt(2)};
      int[] d = {RANDOM.nextInt(1, 3), RANDOM.nextInt(1, 3)};
      int[] a = {RANDOM.nextInt(s[0]), RANDOM.nextInt(s[1])};
      for (Windowed<?> layer : LAYERS) {
        boolean transposed = layer instanceof TransposedConvolutionLayer<?>;
        boolean dilated = !(layer instanceof AvgPool1d || layer instanceof AvgPool2d);
        boolean isPlane = layer.getClass().getSimpleName().endsWith("2d");
        int[] gaps = dilated ? d : new int[] {1, 1};
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
          int reach = gaps[i] * (k[i] - 1);
          expected.add(
              transposed
                  ? (n[i] - 1) * s[i] - 2 * p[i] + reach + a[i] + 1
                  : (n[i] + 2 * p[i] - reach - 1) / s[i] + 1);
        }
        Window window = Window.UNIT;
        if (isPlane) {
          window = window.stride(s).padding(p).dilation(gaps).outputPadding(transposed ? a : NONE);
          assertEquals(
              Shape.of(expected.get(0), expected.get(1)), lengths(layer.window(window), n));
        } else {
          window = window.stride(s[0]).padding(p[0]).dilation(gaps[0]);
          window = window.outputPadding(transposed ? a[0] : 0);
          assertEquals(
              expected.get(0), lengths(layer.window(window), n[0]).dim(0), layer::toString);
        }
      }
    }
  }

  @Test
  void outputPaddingTellsWhichLengthComesBack() {
    Conv1d convolution = new Conv1d(2, 2, 3, RANDOM).stride(2).padding(1);
    ConvTranspose1d back = new ConvTranspose1d(2, 2, 3, RANDOM).stride(2).padding(1);
    for (int length : new int[] {9, 10}) {
      assertEquals(5, lengths(convolution, length).dim(0));
    }
    assertEquals(9, lengths(back, 5).dim(0));
    assertEquals(10, lengths(back.outputPadding(1), 5).dim(0));
    Layer doubling =
        new ConvTranspose2d(2, 4, 3, RANDOM).stride(2).padding(1).outputPadding(1).withoutBias();
    assertEquals(Shape.of(14, 22), lengths(doubling, 7, 11));
  }

  @Test
  void settingsGiveAnotherLayerWithTheSameParameters() {
    Conv2d plain = new Conv2d(2, 4, 3, RANDOM);
    Conv2d other = plain.stride(2).padding(1).dilation(2);
    assertEquals(Window.UNIT, plain.window());
    assertEquals(Window.UNIT.stride(2).padding(1).dilation(2), other.window());
    assertSame(plain.weight(), other.weight());
    assertSame(plain.bias(), other.bias());
    assertEquals(Window.UNIT.samePadding(), plain.samePadding().window());
  }
}
