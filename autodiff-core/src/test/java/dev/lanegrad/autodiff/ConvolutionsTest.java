package dev.lanegrad.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What holds of convolutions, and what they share with other operations. */
class ConvolutionsTest {
  private static final Window UNIT = Window.UNIT;

  private final SplittableRandom random = new SplittableRandom(3);

  private Tensor normal(int... dims) {
    return Tensor.normal(random, DType.FLOAT64, dims);
  }

  private static void assertClose(Tensor expected, Tensor actual) {
    assertEquals(expected.shape(), actual.shape());
    assertArrayEquals(expected.toDoubleArray(), actual.toDoubleArray(), 1e-12);
  }

  @Test
  void samePaddingKeepsTheLengthOneMoreBehind() {
    Tensor x = Tensor.of(new double[][][] {{{1, 2, 3}}});
    Tensor ones = Tensor.ones(DType.FLOAT64, 1, 1, 2);
    Tensor y = Convolutions.conv1d(x, ones, null, UNIT.samePadding());
    assertClose(Tensor.of(new double[][][] {{{3, 5, 3}}}), y);
    Tensor image = normal(2, 3, 5, 6);
    Tensor weight = normal(4, 3, 3, 4);
    Window window = UNIT.samePadding().dilation(2, 1);
    assertEquals(Shape.of(2, 4, 5, 6), Convolutions.conv2d(image, weight, null, window).shape());
  }

  @Test
  void convolutionIsAProductWithTheUnfoldedInput() {
    Window window = UNIT.stride(2, 1).padding(1, 2).dilation(1, 2);
    Tensor x = normal(2, 3, 7, 8);
    Tensor weight = normal(5, 3, 3, 2);
    Tensor bias = normal(5);
    Tensor y = Convolutions.conv2d(x, weight, bias, window);
    Tensor columns = Convolutions.unfold(x, new int[] {3, 2}, window);
    Tensor product = weight.reshape(1, 5, 18).expand(Shape.of(2, 5, 18)).matmul(columns);
    assertClose(product.add(bias.reshape(5, 1)).reshape(y.shape().toArray()), y);
  }

  @Test
  void theTransposedConvolutionIsTheAdjoint() {
    Window window = UNIT.stride(2).padding(1);
    Tensor x = normal(2, 4, 9, 9);
    Tensor weight = normal(6, 2, 3, 3);
    Tensor y = Convolutions.conv2d(x, weight, null, window, 2);
    Tensor g = normal(y.shape().toArray());
    Tensor back = Convolutions.convTranspose2d(g, weight, null, window, 2);
    assertEquals(x.shape(), back.shape());
    assertEquals(y.mul(g).sum().item(), x.mul(back).sum().item(), 1e-10);
  }

  @Test
  void outputPaddingChoosesBetweenLengths() {
    Tensor g = normal(1, 1, 4);
    Tensor weight = normal(1, 1, 3);
    Window window = UNIT.stride(3).padding(1);
    for (int extra = 0; extra < 3; extra++) {
      Tensor x = Convolutions.convTranspose1d(g, weight, null, window.outputPadding(extra));
      assertEquals(Shape.of(1, 1, 10 + extra), x.shape());
      Tensor again = Convolutions.conv1d(x, weight, null, window);
      assertEquals(g.shape(), again.shape());
    }
  }

  @Test
  void foldingWhatWasUnfoldedCountsEveryElementAsOftenAsItIsSeen() {
    int[] kernel = {2, 2};
    Tensor ones = Tensor.ones(DType.FLOAT64, 1, 1, 3, 3);
    Tensor columns = Convolutions.unfold(ones, kernel, UNIT);
    Tensor counts = Convolutions.fold(columns, new int[] {3, 3}, kernel, UNIT);
    assertArrayEquals(new double[] {1, 2, 1, 2, 4, 2, 1, 2, 1}, counts.toDoubleArray());
  }

  @Test
  void eachGroupIsAConvolutionOfItsOwn() {
    Tensor x = normal(2, 6, 10);
    Tensor weight = normal(4, 3, 3);
    Tensor y = Convolutions.conv1d(x, weight, null, UNIT, 2);
    for (int group = 0; group < 2; group++) {
      Tensor own =
          Convolutions.conv1d(
              x.slice(1, 3 * group, 3 * group + 3),
              weight.slice(0, 2 * group, 2 * group + 2),
              null,
              UNIT);
      assertArrayEquals(own.toDoubleArray(), y.slice(1, 2 * group, 2 * group + 2).toDoubleArray());
    }
  }
}
