package dev.lanegrad.autodiff;

import static dev.lanegrad.autodiff.DType.FLOAT64;
import static dev.lanegrad.autodiff.Window.UNIT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.check.GradientCheck;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Windows and shapes at the end of what an int can hold, and where there is nothing to see. */
class WindowSizesTest {
  private static final int HUGE = 1 << 30;
  private static final int MOST = Integer.MAX_VALUE;

  private static final Tensor SIGNAL = normal(2, 3, 7);
  private static final Tensor IMAGE = normal(2, 2, 7, 8);

  private static Tensor normal(int... shape) {
    return Tensor.normal(new SplittableRandom(shape.length), FLOAT64, shape);
  }

  /** Everything that slides a window of three elements along each dimension of an input. */
  private static List<BiFunction<Tensor, Window, Tensor>> sliding(int dims) {
    int[] kernel = dims == 1 ? new int[] {3} : new int[] {3, 3};
    List<BiFunction<Tensor, Window, Tensor>> all = new ArrayList<>();
    all.add((x, window) -> Convolutions.unfold(x, kernel, window));
    if (dims == 1) {
      all.add((x, w) -> Convolutions.conv1d(x, normal(2, x.shape().dim(1), 3), normal(2), w));
      all.add((x, w) -> Pooling.maxPool1d(x, 3, w));
      all.add((x, w) -> Pooling.maxPool1dWithIndices(x, 3, w).values());
      all.add((x, w) -> Pooling.avgPool1d(x, 3, w, true));
    } else {
      all.add((x, w) -> Convolutions.conv2d(x, normal(2, x.shape().dim(1), 3, 3), null, w));
      all.add((x, w) -> Pooling.maxPool2d(x, kernel, w));
      all.add((x, w) -> Pooling.avgPool2d(x, kernel, w, false));
    }
    return all;
  }

  private static void refused(String message, Supplier<Tensor> call) {
    ShapeException error = assertThrows(ShapeException.class, call::get);
    assertTrue(error.getMessage().contains(message), error::getMessage);
  }

  /** That results and gradients are equal to the bit. */
  private static void same(
      Function<Tensor, Tensor> expected, Function<Tensor, Tensor> given, Tensor x) {
    List<Tensor> left = withGradient(expected, x);
    List<Tensor> right = withGradient(given, x);
    for (int k = 0; k < left.size(); k++) {
      assertEquals(left.get(k).shape(), right.get(k).shape());
      assertArrayEquals(left.get(k).toDoubleArray(), right.get(k).toDoubleArray());
    }
  }

  private static List<Tensor> withGradient(Function<Tensor, Tensor> function, Tensor x) {
    Tensor tracked = x.requiresGrad();
    Tensor y = function.apply(tracked);
    return List.of(y, y.mul(y).sum().backward().of(tracked));
  }

  @Test
  void aStrideBeyondTheInputLeavesOnePosition() {
    for (Tensor x : List.of(SIGNAL, IMAGE)) {
      for (BiFunction<Tensor, Window, Tensor> slide : sliding(x.rank() - 2)) {
        for (int stride : new int[] {8, 100, HUGE, MOST}) {
          same(y -> slide.apply(y, UNIT.stride(7)), y -> slide.apply(y, UNIT.stride(stride)), x);
        }
      }
    }
    Tensor weight = normal(3, 2, 3);
    Tensor bias = normal(2);
    Tensor one = SIGNAL.slice(2, 0, 1);
    same(
        y -> Convolutions.convTranspose1d(y, weight, bias, UNIT),
        y -> Convolutions.convTranspose1d(y, weight, bias, UNIT.stride(MOST)),
        one);
    Tensor columns = normal(2, 9, 1);
    int[] lengths = {3};
    same(
        y -> Convolutions.fold(y, lengths, lengths, UNIT),
        y -> Convolutions.fold(y, lengths, lengths, UNIT.stride(MOST)),
        columns);
  }

  @Test
  void longStridesReadOnlyWhatTheyMeet() {
    int stride = 10_000;
    Tensor x = Tensor.normal(new SplittableRandom(5), FLOAT64, 2, 4, 2 * stride + 9);
    Tensor weight = normal(3, 4, 3);
    List<Tensor> windows = new ArrayList<>();
    for (int p = 0; p < 3; p++) {
      windows.add(x.slice(2, p * stride, p * stride + 9));
    }
    Tensor expected =
        Tensor.concat(
            2,
            windows.stream()
                .map(w -> Convolutions.conv1d(w, weight, null, UNIT.dilation(4)))
                .toList());
    Window window = UNIT.stride(stride).dilation(4);
    Tensor y = Convolutions.conv1d(x, weight, null, window);
    assertArrayEquals(expected.toDoubleArray(), y.toDoubleArray());
    Tensor back = Convolutions.convTranspose1d(y, weight, null, window);
    assertEquals(x.shape(), back.shape());
    Tensor first = Convolutions.convTranspose1d(y.slice(2, 0, 1), weight, null, UNIT.dilation(4));
    assertArrayEquals(first.toDoubleArray(), back.slice(2, 0, 9).toDoubleArray());
    assertEquals(0, back.slice(2, 9, stride).abs().max().item());
  }

  @Test
  void aKernelOfOneElementHasNoUseForDilation() {
    Tensor weight = normal(2, 3, 1);
    same(
        y -> Convolutions.conv1d(y, weight, null, UNIT),
        y -> Convolutions.conv1d(y, weight, null, UNIT.dilation(MOST)),
        SIGNAL);
    same(y -> y.mul(1), y -> Pooling.maxPool1d(y, 1, UNIT.dilation(MOST)), SIGNAL);
  }

  @Test
  void windowsThatReachFurtherThanTheInputAreRefused() {
    for (Tensor x : List.of(SIGNAL, IMAGE)) {
      for (BiFunction<Tensor, Window, Tensor> slide : sliding(x.rank() - 2)) {
        for (int dilation : new int[] {4, HUGE, HUGE / 2 * 3, MOST}) {
          if (!isMean(slide, x)) {
            refused("exceeds padded input", () -> slide.apply(x, UNIT.dilation(dilation)));
          }
        }
        refused("padding", () -> slide.apply(x, UNIT.padding(MOST)));
      }
    }
    Tensor weight = normal(2, 3, 5);
    refused(
        "conv1d: kernel 5, which dilation 1073741824 spreads to 4294967297, exceeds padded input 7",
        () -> Convolutions.conv1d(SIGNAL, weight, null, UNIT.dilation(HUGE)));
    refused(
        "conv1d: padding \"same\" of kernel 5 with dilation 1073741824 takes 4,294,967,296",
        () -> Convolutions.conv1d(SIGNAL, weight, null, UNIT.dilation(HUGE).samePadding()));
    refused(
        "convTranspose1d: 7 elements with kernel 3, stride 1073741824 and dilation 1 make",
        () -> Convolutions.convTranspose1d(SIGNAL, normal(3, 2, 3), null, UNIT.stride(HUGE)));
    refused(
        "conv1d: a sample of 3 channels of 1 x 7 takes 1 x",
        () ->
            Convolutions.conv1d(
                SIGNAL, normal(2, 3, 2), null, UNIT.dilation(HUGE).padding(HUGE / 2)));
    refused(
        "unfold: a result of shape [1, 16, 268435441]",
        () -> Convolutions.unfold(ones(1, 1, HUGE / 4), new int[] {16}, UNIT));
  }

  private static boolean isMean(BiFunction<Tensor, Window, Tensor> slide, Tensor x) {
    try {
      slide.apply(x, UNIT.dilation(2));
      return false;
    } catch (ShapeException e) {
      return e.getMessage().contains("takes no dilation");
    }
  }

  @Test
  void windowsThatSeeNothingAreRefused() {
    Tensor one = Tensor.ones(FLOAT64, 1, 1, 1);
    refused(
        "maxPool1d: window 0 of kernel 2 with dilation 2 and padding 1 sees nothing of input 1",
        () -> Pooling.maxPool1d(one, 2, UNIT.padding(1).dilation(2)));
    refused(
        "maxPool1d: window 0 of kernel 2 with dilation 4 and padding 2 sees nothing of input 2",
        () -> Pooling.maxPool1d(ones(1, 1, 2), 2, UNIT.padding(2).dilation(4).stride(1)));
    Tensor seen = Pooling.maxPool1d(SIGNAL.slice(2, 0, 3), 3, UNIT.padding(4).dilation(4));
    assertArrayEquals(SIGNAL.slice(2, 0, 3).toDoubleArray(), seen.toDoubleArray());
    refused(
        "avgPool1d: padding 2 is more than half of kernel 2",
        () -> Pooling.avgPool1d(SIGNAL, 2, UNIT.padding(2), true));
    refused(
        "avgPool1d: padding 2 is more than half of kernel 2",
        () -> Pooling.avgPool1d(SIGNAL, 2, UNIT.padding(2), false));
    refused(
        "avgPool2d: padding 3 is more than half of kernel 2x4",
        () -> Pooling.avgPool2d(IMAGE, new int[] {2, 4}, UNIT.padding(1, 3), false));
  }

  @Test
  void emptyInputsAndResultsAreRefused() {
    for (Tensor x : List.of(ones(1, 1, 0), ones(1, 1, 0, 5), ones(1, 1, 5, 0))) {
      for (BiFunction<Tensor, Window, Tensor> slide : sliding(x.rank() - 2)) {
        refused("at least 1 element", () -> slide.apply(x, UNIT.padding(2)));
      }
    }
    Tensor weight = ones(1, 1, 2);
    refused(
        "convTranspose1d: padding 1 leaves nothing of the 2 elements that 1 make with kernel 2",
        () -> Convolutions.convTranspose1d(ones(1, 1, 1), weight, null, UNIT.padding(1)));
    refused(
        "convTranspose1d: padding 0 leaves nothing",
        () -> Convolutions.convTranspose1d(ones(1, 1, 0), weight, null, UNIT));
    refused(
        "fold: an input 0 long",
        () -> Convolutions.fold(ones(1, 2, 1), new int[] {0}, new int[] {2}, UNIT.padding(1)));
    ShapeException error =
        assertThrows(ShapeException.class, () -> UNIT.over("test", new int[2], new int[1]));
    assertEquals(
        "test: kernel [0]: one number is wanted for each dimension of [0, 0]", error.getMessage());
  }

  private static Tensor ones(int... shape) {
    return Tensor.scalar(FLOAT64, 1).expand(Shape.of(shape));
  }

  @Test
  void outputPaddingMayBeBelowTheDilation() {
    Tensor x = Tensor.of(new double[][][] {{{1, 2}}});
    Tensor weight = Tensor.of(new double[][][] {{{1, 10, 100}}});
    Tensor bias = Tensor.of(0.5);
    Window window = UNIT.dilation(3);
    Tensor y = Convolutions.convTranspose1d(x, weight, bias.reshape(1), window.outputPadding(2));
    assertArrayEquals(
        new double[] {1.5, 2.5, .5, 10.5, 20.5, .5, 100.5, 200.5, .5, .5}, y.toDoubleArray());
    for (int stride : new int[] {1, 2, 3}) {
      Window strided = UNIT.dilation(5).stride(stride).padding(1);
      Tensor plain = Convolutions.convTranspose1d(SIGNAL, normal(3, 2, 3), normal(2), strided);
      Tensor longer =
          Convolutions.convTranspose1d(
              SIGNAL, normal(3, 2, 3), normal(2), strided.outputPadding(4));
      int length = plain.shape().dim(2);
      assertEquals(length + 4, longer.shape().dim(2));
      // The padding at the end hides elements that the output padding shows again.
      assertArrayEquals(plain.toDoubleArray(), longer.slice(2, 0, length).toDoubleArray());
      GradientCheck.ofMany(
              t ->
                  Convolutions.convTranspose1d(
                      t.get(0), t.get(1), t.get(2), strided.outputPadding(4)))
          .order(2)
          .verify(SIGNAL.slice(2, 0, 3), normal(3, 2, 3), normal(2));
    }
    refused(
        "convTranspose1d: output padding 3 must be less than stride 2 or dilation 3",
        () -> Convolutions.convTranspose1d(x, weight, null, window.stride(2).outputPadding(3)));
    refused(
        "convTranspose1d: output padding [1, 1]: one number is wanted, or 1",
        () -> Convolutions.convTranspose1d(x, weight, null, window.outputPadding(1, 1)));
    refused(
        "convTranspose1d: output padding [-1]: must be at least 0",
        () -> Convolutions.convTranspose1d(x, weight, null, window.outputPadding(-1)));
  }

  @Test
  void onlyTransposedConvolutionsTakeOutputPadding() {
    for (Tensor x : List.of(SIGNAL, IMAGE)) {
      for (BiFunction<Tensor, Window, Tensor> slide : sliding(x.rank() - 2)) {
        refused(
            "output padding [1]: only transposed convolutions take one",
            () -> slide.apply(x, UNIT.outputPadding(1)));
      }
    }
  }

  @Test
  void computedShapesDoNotWrap() {
    Tensor large = ones(HUGE);
    refused(
        "concat: a result of shape [5368709120]",
        () -> Tensor.concat(0, Collections.nCopies(5, large)));
    refused(
        "concat: a result of shape [1073741824, 4]",
        () -> Tensor.concat(1, Collections.nCopies(4, large.unsqueeze(1))));
    List<Tensor> parts = ones(MOST).split(0, HUGE);
    assertEquals(List.of(HUGE, HUGE - 1), parts.stream().map(Tensor::size).toList());
    refused(
        "einsum zab,zc->abc: indices 'ab' together are 4,294,967,296 long or more",
        () -> Tensor.einsum("zab,zc->abc", ones(0, 65_536, 65_536), ones(0, 2)));
    refused("elements", () -> Tensor.arange(FLOAT64, 0, 3e9, 1));
    assertEquals(Shape.of(0), ones(0, 65_536, 32_768).prod(1, 2).shape());
  }
}
