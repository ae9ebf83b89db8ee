package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Weights and biases of convolutions. */
final class Filters {
  private Filters() {}

  /** Uniform between -1 / sqrt(fan-in) and 1 / sqrt(fan-in), PyTorch's default. */
  static Parameter weight(DType dtype, RandomGenerator random, int... shape) {
    requirePositive(shape);
    return uniform("weight", dtype, random, shape, shape);
  }

  /** Uniform like the weight. */
  static Parameter bias(DType dtype, RandomGenerator random, int out, int... weightShape) {
    return uniform("bias", dtype, random, weightShape, out);
  }

  private static Parameter uniform(
      String name, DType dtype, RandomGenerator random, int[] weightShape, int... shape) {
    double range = 1 / Math.sqrt(Fan.IN.of(weightShape));
    return Parameter.of(name, Initializer.uniform(-range, range).create(random, dtype, shape));
  }

  private static void requirePositive(int[] shape) {
    if (Arrays.stream(shape).anyMatch(length -> length < 1)) {
      throw new ShapeException(
          "convolution: channels, groups and kernel must be at least 1: weight "
              + Arrays.toString(shape));
    }
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
   * Checks a layer of given parameters.
   *
   * @param rank of the weight
   * @param outAxis of the weight: along which the output channels are, of a group unless it is 0
   * @throws ShapeException if the weight has another rank or the bias another length, channels
   *     cannot be cut into groups, or the window is none for as many dimensions
   */
  static void check(
      String layer,
      int rank,
      Parameter weight,
      int outAxis,
      @Nullable Parameter bias,
      Window window,
      int groups) {
    Shape shape = weight.shape();
    long out = shape.rank() == 0 ? 0 : shape.toArray()[Math.min(outAxis, shape.rank() - 1)];
    out *= outAxis == 0 ? 1 : groups;
    boolean fits =
        shape.rank() == rank
            && weight.size() > 0
            && (bias == null || (bias.shape().rank() == 1 && bias.size() == out));
    if (!fits) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "%s: takes a weight of rank %d and a bias [%d], not %s and %s",
              layer,
              rank,
              out,
              shape,
              bias == null ? "none" : bias.shape()));
    }
    each(layer, shape.dim(0), groups);
    window.check(layer, Arrays.copyOfRange(shape.toArray(), 2, rank));
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

  /** The shape of a weight along two dimensions. */
  static int[] shape(String layer, int first, int second, int... kernel) {
    int[] lengths = both(layer, kernel);
    return new int[] {first, second, lengths[0], lengths[1]};
  }

  /**
   * Checks the kernel of a pooling.
   *
   * @throws ShapeException if it or the window is none for so many dimensions
   */
  static void check(String layer, int dims, List<Integer> kernel, Window window) {
    if (kernel.size() != dims) {
      throw new ShapeException(
          String.format(Locale.ROOT, "%s: kernel %s: %d numbers are wanted", layer, kernel, dims));
    }
    window.check(layer, array(kernel));
  }

  /** Checks what is added to a transposed convolution's output. */
  static void checkOutputPadding(String layer, int dims, List<Integer> added) {
    boolean fits = added.size() == 1 || added.size() == dims;
    if (!fits || added.stream().anyMatch(length -> length < 0)) {
      throw new ShapeException(
          "%s: output padding %s: one number is wanted%s, at least 0"
              .formatted(layer, added, dims == 1 ? "" : ", or " + dims));
    }
  }

  static int[] array(List<Integer> numbers) {
    int[] array = new int[numbers.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = numbers.get(i);
    }
    return array;
  }

  static String describe(String name, int in, int out, Shape weight, Window window) {
    List<Integer> kernel = IntStream.range(2, weight.rank()).mapToObj(weight::dim).toList();
    return String.format(
        Locale.ROOT, "%s[in=%d, out=%d, kernel=%s%s]", name, in, out, kernel, describe(window));
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
