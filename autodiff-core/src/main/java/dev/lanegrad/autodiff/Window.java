package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.types.Slide;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * How the window of a convolution or a pooling moves, in elements of its input along each
 * dimension: what PyTorch's functions and layers take as stride, padding, dilation and
 * output_padding. {@code Window.UNIT.stride(2).padding(1)} is {@code stride=2, padding=1}; one
 * number stands for all dimensions, else there is one for each, as in {@code Window.UNIT.stride(2,
 * 1)}.
 *
 * <p>Of an input of length n and a kernel of length k, with stride s, padding p, dilation d and
 * output padding a, a convolution or a pooling makes (n + 2 p - d (k - 1) - 1) / s + 1 elements,
 * rounded down, and a transposed convolution (n - 1) s - 2 p + d (k - 1) + a + 1.
 *
 * @param strides from one position of the window to the next
 * @param paddings added on both sides of the input; taken away from both ends of the output of a
 *     transposed convolution
 * @param same whether the padding is such that output and input have the same length instead
 * @param dilations from one element of the window to the next
 * @param outputPaddings added at the end of the output of a transposed convolution; nothing else
 *     takes one
 */
public record Window(
    List<Integer> strides,
    List<Integer> paddings,
    boolean same,
    List<Integer> dilations,
    List<Integer> outputPaddings) {
  private static final List<Integer> NONE = List.of(0);

  /** Stride 1, no padding, dilation 1: PyTorch's defaults. */
  public static final Window UNIT = new Window(List.of(1), NONE, false, List.of(1), NONE);

  public Window {
    strides = List.copyOf(Present.all("window", "strides", strides));
    paddings = List.copyOf(Present.all("window", "paddings", paddings));
    dilations = List.copyOf(Present.all("window", "dilations", dilations));
    outputPaddings = List.copyOf(Present.all("window", "outputPaddings", outputPaddings));
  }

  /** This window with other strides; PyTorch's stride. */
  public Window stride(int... strides) {
    return new Window(listOf("strides", strides), paddings, same, dilations, outputPaddings);
  }

  /** This window with padding on both sides; PyTorch's padding. */
  public Window padding(int... paddings) {
    return new Window(strides, listOf("paddings", paddings), false, dilations, outputPaddings);
  }

  /**
   * This window with as much padding as keeps the length at stride 1, PyTorch's {@code
   * padding="same"}; where it cannot be the same on both sides, one more behind.
   */
  public Window samePadding() {
    return new Window(strides, NONE, true, dilations, outputPaddings);
  }

  /** This window with other dilations; PyTorch's dilation. */
  public Window dilation(int... dilations) {
    return new Window(strides, paddings, same, listOf("dilations", dilations), outputPaddings);
  }

  /**
   * This window with elements added at the end of the output of a transposed convolution, PyTorch's
   * output_padding. With a stride a convolution makes the same output of inputs of several lengths;
   * it says which of them the transposed one gives back. It has to be less than the stride or the
   * dilation, which is checked when the window meets an input.
   */
  public Window outputPadding(int... outputPaddings) {
    return new Window(strides, paddings, same, dilations, listOf("outputPaddings", outputPaddings));
  }

  private static List<Integer> listOf(String name, int... numbers) {
    return listOf(Present.of("window", name, numbers));
  }

  private static List<Integer> listOf(int... numbers) {
    List<Integer> list = new ArrayList<>(numbers.length);
    for (int number : numbers) {
      list.add(number);
    }
    return list;
  }

  /**
   * Checks what does not depend on an input, as layers do when they are made.
   *
   * @param operation the name in messages
   * @param kernel of the window along each dimension
   * @throws ShapeException if a kernel, a stride or a dilation is below 1, a padding negative,
   *     there is neither one number nor one for each dimension, or there is output padding
   */
  public void check(String operation, int... kernel) {
    checkTransposed(operation, kernel);
    refuseOutputPadding(operation);
  }

  /**
   * {@link #check} of a transposed convolution, which takes output padding.
   *
   * @param operation the name in messages
   * @param kernel of the window along each dimension
   * @throws ShapeException if a kernel, a stride or a dilation is below 1, a padding or an output
   *     padding negative, or there is neither one number nor one for each dimension
   */
  public void checkTransposed(String operation, int... kernel) {
    int dims = kernel.length;
    spread(operation, "kernel", listOf(kernel), dims, 1);
    spread(operation, "stride", strides, dims, 1);
    spread(operation, "padding", paddings, dims, 0);
    spread(operation, "dilation", dilations, dims, 1);
    spread(operation, "output padding", outputPaddings, dims, 0);
  }

  private void refuseOutputPadding(String operation) {
    if (outputPaddings.stream().anyMatch(added -> added != 0)) {
      throw new ShapeException(
          "%s: output padding %s: only transposed convolutions take one"
              .formatted(operation, outputPaddings));
    }
  }

  /**
   * The window over an input.
   *
   * @param operation the name in messages
   * @param lengths of the input along each dimension
   * @param kernel of the window along each dimension
   * @throws ShapeException if a kernel, a stride or a dilation is below 1, a padding negative, the
   *     padding {@code same} with a stride or longer than a dimension can be, or there is output
   *     padding
   */
  List<Slide> over(String operation, int[] lengths, int[] kernel) {
    refuseOutputPadding(operation);
    return transposedOver(operation, lengths, kernel);
  }

  /** {@link #over} for a transposed convolution, which looks at the output padding itself. */
  List<Slide> transposedOver(String operation, int[] lengths, int[] kernel) {
    int dims = lengths.length;
    if (kernel.length != dims) {
      throw new ShapeException(
          "%s: kernel %s: one number is wanted for each dimension of %s"
              .formatted(operation, Arrays.toString(kernel), Arrays.toString(lengths)));
    }
    spread(operation, "kernel", listOf(kernel), dims, 1);
    List<Integer> steps = spread(operation, "stride", strides, dims, 1);
    List<Integer> margins = spread(operation, "padding", paddings, dims, 0);
    List<Integer> gaps = spread(operation, "dilation", dilations, dims, 1);
    if (same && Collections.max(steps) > 1) {
      throw new ShapeException(
          "%s: padding \"same\" needs stride 1, not %s"
              .formatted(operation, Collections.max(steps)));
    }
    List<Slide> slides = new ArrayList<>(dims);
    for (int d = 0; d < dims; d++) {
      Slide slide =
          new Slide(
              lengths[d], kernel[d], steps.get(d), margins.get(d), margins.get(d), gaps.get(d));
      slides.add(same ? withSamePadding(operation, slide) : slide);
    }
    return slides;
  }

  private static Slide withSamePadding(String operation, Slide slide) {
    long total = slide.reach() - 1;
    if (total > Integer.MAX_VALUE) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "%s: padding \"same\" of kernel %d with dilation %d takes %,d elements: at most %,d",
              operation,
              slide.kernel(),
              slide.dilation(),
              total,
              Integer.MAX_VALUE));
    }
    int before = (int) total / 2;
    int after = (int) total - before;
    return new Slide(
        slide.length(), slide.kernel(), slide.stride(), before, after, slide.dilation());
  }

  /** One number for each dimension. */
  static List<Integer> spread(
      String operation, String what, List<Integer> numbers, int dims, int least) {
    if (numbers.size() != 1 && numbers.size() != dims) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "%s: %s %s: one number is wanted, or %d",
              operation,
              what,
              numbers,
              dims));
    }
    for (int number : numbers) {
      if (number < least) {
        throw new ShapeException(
            String.format(
                Locale.ROOT, "%s: %s %s: must be at least %d", operation, what, numbers, least));
      }
    }
    return numbers.size() == dims ? numbers : Collections.nCopies(dims, numbers.getFirst());
  }
}
