package dev.lanegrad.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** One step of a {@link Network}; shapes are those of one example, channels first. */
sealed interface Part {
  /** The shape of what it gives. */
  List<Integer> output();

  /** A part with a weight, and a bias for each of its outputs. */
  sealed interface Weighted extends Part {
    List<Integer> weight();

    /** How many numbers an output is the sum of. */
    default int fanIn() {
      return product(weight()) / out();
    }

    /** Outputs, or channels of the output. */
    int out();
  }

  /** A linear layer, its weight [out, in]. */
  record Linear(int in, int out) implements Weighted {
    @Override
    public List<Integer> weight() {
      return List.of(out, in);
    }

    @Override
    public List<Integer> output() {
      return List.of(out);
    }
  }

  /** A part with a kernel that moves over one dimension or two. */
  sealed interface Filter extends Weighted {
    /** The shape of what it is given. */
    List<Integer> input();

    /** The same in each dimension, as are stride and padding. */
    int kernel();

    int stride();

    int padding();
  }

  /**
   * A convolution of one or two dimensions, its weight [out, in / groups, kernel..].
   *
   * @param input channels, then lengths
   * @param kernel the same in each dimension, as are stride and padding
   */
  record Convolution(List<Integer> input, int out, int kernel, int stride, int padding, int groups)
      implements Filter {
    @Override
    public List<Integer> weight() {
      return weightOf(out, input.getFirst() / groups, kernel, input);
    }

    @Override
    public List<Integer> output() {
      return slid(input, out, kernel, stride, padding);
    }
  }

  /**
   * A transposed convolution of one or two dimensions, its weight [in, out, kernel..].
   *
   * @param input channels, then lengths
   * @param kernel the same in each dimension, as are stride and padding
   */
  record Transposed(List<Integer> input, int out, int kernel, int stride, int padding)
      implements Filter {
    @Override
    public List<Integer> weight() {
      return weightOf(input.getFirst(), out, kernel, input);
    }

    @Override
    public List<Integer> output() {
      List<Integer> shape = new ArrayList<>(List.of(out));
      input.stream()
          .skip(1)
          .forEach(length -> shape.add((length - 1) * stride + kernel - 2 * padding));
      return List.copyOf(shape);
    }
  }

  /**
   * Max pooling of windows side by side.
   *
   * @param input channels, then lengths
   * @param kernel the same in each dimension
   */
  record MaxPool(List<Integer> input, int kernel) implements Part {
    @Override
    public List<Integer> output() {
      return slid(input, input.getFirst(), kernel, kernel, 0);
    }
  }

  /** max(x, 0). */
  record Relu(List<Integer> output) implements Part {}

  /** Channels and lengths as one. */
  record Flatten(List<Integer> output) implements Part {}

  /** How many dimensions a shape has after the channels. */
  static int dimensions(List<Integer> shape) {
    return shape.size() - 1;
  }

  /** A shape with the length of a batch in front. */
  static List<Integer> batched(int batch, List<Integer> shape) {
    List<Integer> all = new ArrayList<>(List.of(batch));
    all.addAll(shape);
    return List.copyOf(all);
  }

  static int product(List<Integer> lengths) {
    return lengths.stream().reduce(1, Math::multiplyExact);
  }

  private static List<Integer> weightOf(int first, int second, int kernel, List<Integer> input) {
    List<Integer> shape = new ArrayList<>(List.of(first, second));
    input.stream().skip(1).forEach(_ -> shape.add(kernel));
    return List.copyOf(shape);
  }

  private static List<Integer> slid(
      List<Integer> input, int channels, int kernel, int stride, int padding) {
    List<Integer> shape = new ArrayList<>(List.of(channels));
    input.stream()
        .skip(1)
        .forEach(length -> shape.add((length + 2 * padding - kernel) / stride + 1));
    return List.copyOf(shape);
  }
}
