package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.Convolutions;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.Window;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.testing.Bits;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** An activation in the pass of a convolution, against a pass of its own. */
class ConvolutionEpilogueTest {
  private static final Window WINDOW = Window.UNIT.stride(2).padding(1);

  /** The reverse rules of the last two read what the activation is of. */
  private static final List<Formula> ACTIVATIONS =
      List.of(
          Formula.input(0).relu(),
          Formula.input(0).tanh(),
          Formula.input(0).gelu(),
          Formula.input(0).square());

  /** A convolution with an activation. */
  @FunctionalInterface
  private interface Convolve {
    Tensor apply(Tensor x, Tensor weight, Tensor bias, Formula activation);
  }

  @Test
  void signals() {
    int[] weight = {6, 4, 3};
    compare(
        new int[] {9, 4, 21}, weight, 6, (x, w, b, f) -> Convolutions.conv(x, w, b, WINDOW, 1, f));
    compare(
        new int[] {9, 6, 21},
        weight,
        4,
        (x, w, b, f) -> Convolutions.convTranspose(x, w, b, WINDOW.outputPadding(1), 1, f));
  }

  @Test
  void images() {
    int[] weight = {6, 2, 3, 3};
    compare(
        new int[] {5, 4, 11, 9},
        weight,
        6,
        (x, w, b, f) -> Convolutions.conv(x, w, b, WINDOW, 2, f));
    compare(
        new int[] {5, 6, 11, 9},
        weight,
        4,
        (x, w, b, f) -> Convolutions.convTranspose(x, w, b, WINDOW.outputPadding(0, 1), 2, f));
  }

  private static void compare(int[] xShape, int[] weightShape, int channels, Convolve convolve) {
    SplittableRandom random = new SplittableRandom(1);
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      Tensor x = Tensor.normal(random, dtype, xShape).requiresGrad();
      Tensor weight = Tensor.normal(random, dtype, weightShape).requiresGrad();
      Tensor bias = Tensor.normal(random, dtype, channels).requiresGrad();
      List<Tensor> inputs = List.of(x, weight, bias);
      for (Formula activation : ACTIVATIONS) {
        Tensor fused = convolve.apply(x, weight, bias, activation);
        Tensor linear = convolve.apply(x, weight, bias, Formula.input(0));
        Tensor apart = Elementwise.of(activation).applyTo(linear);
        Bits.assertSame(apart.toDoubleArray(), fused.toDoubleArray(), activation.toString());
        Gradients expected = apart.square().sum().backward();
        Gradients given = fused.square().sum().backward();
        for (Tensor input : inputs) {
          Bits.assertSame(
              expected.of(input).toDoubleArray(),
              given.of(input).toDoubleArray(),
              activation.toString());
        }
      }
    }
  }
}
