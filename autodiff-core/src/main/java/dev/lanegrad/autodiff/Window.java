package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.internal.Present;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * How the window of a convolution or a pooling moves: {@code Window.UNIT.stride(2).padding(1)}. One
 * number stands for all dimensions, else there is one for each.
 *
 * @param strides from one position to the next
 * @param paddings added on both sides of the input
 * @param same whether the padding is such that output and input have the same length instead
 * @param dilations from one element of the window to the next
 */
public record Window(
    List<Integer> strides, List<Integer> paddings, boolean same, List<Integer> dilations) {
  /** Stride 1, no padding, dilation 1. */
  public static final Window UNIT = new Window(List.of(1), List.of(0), false, List.of(1));

  public Window {
    strides = List.copyOf(Present.all("window", "strides", strides));
    paddings = List.copyOf(Present.all("window", "paddings", paddings));
    dilations = List.copyOf(Present.all("window", "dilations", dilations));
  }

  /** This window with other strides. */
  public Window stride(int... strides) {
    return new Window(listOf(Present.of("window", "strides", strides)), paddings, same, dilations);
  }

  /** This window with padding on both sides. */
  public Window padding(int... paddings) {
    return new Window(
        strides, listOf(Present.of("window", "paddings", paddings)), false, dilations);
  }

  /**
   * This window with as much padding as keeps the length at stride 1; where it cannot be the same
   * on both sides, one more behind.
   */
  public Window samePadding() {
    return new Window(strides, List.of(0), true, dilations);
  }

  /** This window with other dilations. */
  public Window dilation(int... dilations) {
    return new Window(
        strides, paddings, same, listOf(Present.of("window", "dilations", dilations)));
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
   * @throws ShapeException if a kernel, a stride or a dilation is below 1, a padding negative, or
   *     there is neither one number nor one for each dimension
   */
  public void check(String operation, int... kernel) {
    int dims = kernel.length;
    spread(operation, "kernel", listOf(kernel), dims, 1);
    spread(operation, "stride", strides, dims, 1);
    spread(operation, "padding", paddings, dims, 0);
    spread(operation, "dilation", dilations, dims, 1);
  }

  /**
   * The window over an input.
   *
   * @param operation the name in messages
   * @param lengths of the input along each dimension
   * @param kernel of the window along each dimension
   * @throws ShapeException if a kernel, a stride or a dilation is below 1, a padding negative, or
   *     the padding {@code same} with a stride or longer than a dimension can be
   */
  List<Slide> over(String operation, int[] lengths, int[] kernel) {
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
