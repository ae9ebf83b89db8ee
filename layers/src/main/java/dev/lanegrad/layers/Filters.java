package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Window;
import java.util.Arrays;
import java.util.List;
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
          "%s: %d channels cannot be cut into %d groups".formatted(layer, channels, groups));
    }
    return channels / groups;
  }

  /**
   * Checks given parameters.
   *
   * @throws ShapeException if the weight has another rank or the bias another length
   */
  static void check(String layer, int rank, Parameter weight, @Nullable Parameter bias, int out) {
    boolean fits =
        weight.shape().rank() == rank
            && weight.size() > 0
            && (bias == null || bias.shape().equals(Shape.of(out)));
    if (!fits) {
      throw new ShapeException(
          "%s: takes a weight of rank %d and a bias [%d], not %s and %s"
              .formatted(layer, rank, out, weight.shape(), bias == null ? "none" : bias.shape()));
    }
  }

  static List<Parameter> parameters(Parameter weight, @Nullable Parameter bias) {
    return bias == null ? List.of(weight) : List.of(weight, bias);
  }

  /** A kernel's lengths, one number standing for both. */
  static int[] both(int... kernel) {
    return kernel.length == 1 ? new int[] {kernel[0], kernel[0]} : kernel;
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
    return "%s[in=%d, out=%d, kernel=%s%s]".formatted(name, in, out, kernel, describe(window));
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
