package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Weights, biases and windows of convolutions and poolings, along any number of dimensions. */
final class Filters {
  /** What a new convolution is made of. */
  record Filter(Parameter weight, Parameter bias) {}

  private Filters() {}

  /** Weight [out, in / groups, kernel] and bias [out], as {@link #draw} makes them. */
  static Filter filter(
      String layer,
      int in,
      int out,
      int groups,
      DType dtype,
      RandomGenerator random,
      int... kernel) {
    return draw(layer, out, each(layer, in, groups), out, dtype, random, kernel);
  }

  /** Weight [in, out / groups, kernel] and bias [out], as {@link #draw} makes them. */
  static Filter transposedFilter(
      String layer,
      int in,
      int out,
      int groups,
      DType dtype,
      RandomGenerator random,
      int... kernel) {
    return draw(layer, in, each(layer, out, groups), out, dtype, random, kernel);
  }

  /** Both uniform between -1 / sqrt(fan-in) and 1 / sqrt(fan-in), PyTorch's default. */
  private static Filter draw(
      String layer,
      int first,
      int second,
      int out,
      DType dtype,
      RandomGenerator random,
      int... kernel) {
    int[] shape = new int[2 + kernel.length];
    shape[0] = first;
    shape[1] = second;
    System.arraycopy(kernel, 0, shape, 2, kernel.length);
    if (Arrays.stream(shape).anyMatch(length -> length < 1)) {
      throw new ShapeException(
          "%s: channels, groups and kernel must be at least 1: weight %s"
              .formatted(layer, Arrays.toString(shape)));
    }
    double range = 1 / Math.sqrt(Fan.IN.of(shape));
    Initializer uniform = Initializer.uniform(-range, range);
    return new Filter(
        Parameter.of("weight", uniform.create(random, dtype, shape)),
        Parameter.of("bias", uniform.create(random, dtype, out)));
  }

  /** The channels of one group. */
  static int each(String layer, int channels, int groups) {
    if (groups < 1 || channels % groups != 0) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "%s: %d channels cannot be cut into %d groups",
              layer,
              channels,
              groups));
    }
    return channels / groups;
  }

  /**
   * Checks a convolution of given parameters.
   *
   * @throws ShapeException if the weight has another rank or the bias another length, channels
   *     cannot be cut into groups, or the window is none for as many dimensions
   */
  static void check(
      String layer,
      int dims,
      Parameter weight,
      @Nullable Parameter bias,
      Window window,
      int groups) {
    int[] kernel = kernel(layer, dims, weight, window);
    check(layer, weight, bias, weight.shape().dim(0), groups);
    window.check(layer, kernel);
  }

  /** {@link #check} of a transposed convolution, whose weight begins with the input channels. */
  static void checkTransposed(
      String layer,
      int dims,
      Parameter weight,
      @Nullable Parameter bias,
      Window window,
      int groups) {
    int[] kernel = kernel(layer, dims, weight, window);
    check(layer, weight, bias, (long) weight.shape().dim(1) * groups, groups);
    window.checkTransposed(layer, kernel);
  }

  private static int[] kernel(String layer, int dims, Parameter weight, Window window) {
    Require.present(layer, "weight", weight);
    Require.present(layer, "window", window);
    if (weight.shape().rank() != dims + 2 || weight.size() == 0) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "%s: takes a weight of rank %d with at least one element, not %s",
              layer,
              dims + 2,
              weight.shape()));
    }
    return Arrays.copyOfRange(weight.shape().toArray(), 2, dims + 2);
  }

  private static void check(
      String layer, Parameter weight, @Nullable Parameter bias, long out, int groups) {
    each(layer, weight.shape().dim(0), groups);
    Require.oneDtype(layer, weight, bias);
    if (bias != null && (bias.shape().rank() != 1 || bias.size() != out)) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "%s: with a weight %s in %d groups takes a bias [%d], not %s",
              layer,
              weight.shape(),
              groups,
              out,
              bias.shape()));
    }
  }

  static @Nullable Tensor tensor(@Nullable Parameter bias) {
    return bias == null ? null : bias.tensor();
  }

  static List<Parameter> parameters(Parameter weight, @Nullable Parameter bias) {
    return bias == null ? List.of(weight) : List.of(weight, bias);
  }

  /**
   * A kernel's lengths, one number standing for both.
   *
   * @throws ShapeException if there are neither one nor two
   */
  static int[] both(String layer, int... kernel) {
    if (kernel.length != 1 && kernel.length != 2) {
      throw new ShapeException(
          "%s: kernel %s: one number is wanted, or 2".formatted(layer, Arrays.toString(kernel)));
    }
    return new int[] {kernel[0], kernel[kernel.length - 1]};
  }

  /**
   * Checks the kernel and the window of a pooling.
   *
   * @return the kernel
   * @throws ShapeException if it or the window is none for so many dimensions
   */
  static List<Integer> checkPooling(String layer, int dims, List<Integer> kernel, Window window) {
    List<Integer> lengths = Require.all(layer, "kernel", kernel);
    Require.present(layer, "window", window);
    if (lengths.size() != dims) {
      throw new ShapeException(
          String.format(Locale.ROOT, "%s: kernel %s: %d numbers are wanted", layer, lengths, dims));
    }
    window.check(layer, array(lengths));
    return lengths;
  }

  /** {@link #checkPooling} of means, which take no dilation. */
  static List<Integer> checkMeans(String layer, int dims, List<Integer> kernel, Window window) {
    List<Integer> lengths = checkPooling(layer, dims, kernel, window);
    if (window.dilations().stream().anyMatch(gap -> gap != 1)) {
      throw new ShapeException(
          "%s: takes no dilation, not %s".formatted(layer, window.dilations()));
    }
    return lengths;
  }

  static List<Integer> list(int... numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }

  static int[] array(List<Integer> numbers) {
    int[] array = new int[numbers.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = numbers.get(i);
    }
    return array;
  }

  static String describe(String name, ConvolutionLayer<?> layer) {
    Shape weight = layer.weight().shape();
    List<Integer> kernel = IntStream.range(2, weight.rank()).mapToObj(weight::dim).toList();
    return String.format(
        Locale.ROOT,
        "%s[in=%d, out=%d, kernel=%s%s]",
        name,
        layer.in(),
        layer.out(),
        kernel,
        describe(layer.window()));
  }

  /** What differs from the usual, each with a comma before it. */
  static String describe(Window window) {
    StringBuilder text = new StringBuilder();
    if (!window.strides().equals(Window.UNIT.strides())) {
      text.append(", stride=").append(window.strides());
    }
    if (window.same()) {
      text.append(", padding=same");
    } else if (!window.paddings().equals(Window.UNIT.paddings())) {
      text.append(", padding=").append(window.paddings());
    }
    if (!window.dilations().equals(Window.UNIT.dilations())) {
      text.append(", dilation=").append(window.dilations());
    }
    return text.toString();
  }
}
