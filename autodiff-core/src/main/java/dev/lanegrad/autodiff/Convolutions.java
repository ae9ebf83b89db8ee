package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.op.Convolution;
import dev.lanegrad.autodiff.internal.op.OverlapAdd;
import dev.lanegrad.autodiff.internal.op.TransposedConvolution;
import dev.lanegrad.autodiff.internal.op.Unfold;
import dev.lanegrad.autodiff.internal.types.Slide;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Convolutions of signals [n, channels, length] and images [n, channels, height, width], and their
 * adjoints: {@code Convolutions.conv2d(x, weight, bias, Window.UNIT.padding(1))}. Names and meaning
 * are PyTorch's. Inputs, weights and biases are all float32 or all float64, or a method throws a
 * {@link DTypeException}.
 *
 * <p>Each element of a result is one chain of fused multiply-adds in the dtype of the inputs; those
 * of a weight's gradient are at most 8. So an example alone has the bits that it has in a batch;
 * the price is an error that grows with the length of the chain, up to its length / 2^24 of the sum
 * of magnitudes in float32.
 */
public final class Convolutions {
  private static final Formula IDENTITY = Formula.input(0);

  private Convolutions() {}

  /** {@link #conv1d(Tensor, Tensor, Tensor, Window, int)} in one group. */
  public static Tensor conv1d(Tensor x, Tensor weight, @Nullable Tensor bias, Window window) {
    return conv1d(x, weight, bias, window, 1);
  }

  /**
   * The convolution of signals, PyTorch's {@code F.conv1d}: y[n, o, p] = bias[o] + sum over c and k
   * of weight[o, c, k] x[n, c, p stride + k dilation - padding].
   *
   * @param x [n, in, length]
   * @param weight [out, in / groups, kernel]
   * @param bias [out], or null for none
   * @param window stride, padding and dilation
   * @param groups into how many the channels are divided; each sees its own input channels only
   * @return [n, out, (length + 2 padding - dilation (kernel - 1) - 1) / stride + 1], rounded down
   * @throws ShapeException if shapes do not fit, or x is shorter than the kernel
   */
  public static Tensor conv1d(
      Tensor x, Tensor weight, @Nullable Tensor bias, Window window, int groups) {
    return convolution(1, x, weight, bias, window, groups, IDENTITY);
  }

  /** {@link #conv2d(Tensor, Tensor, Tensor, Window, int)} in one group. */
  public static Tensor conv2d(Tensor x, Tensor weight, @Nullable Tensor bias, Window window) {
    return conv2d(x, weight, bias, window, 1);
  }

  /**
   * The convolution of images, PyTorch's {@code F.conv2d}: {@link #conv1d} along two dimensions,
   * each with its own length, kernel, stride, padding and dilation.
   *
   * @param x [n, in, height, width]
   * @param weight [out, in / groups, kernel height, kernel width]
   * @param bias [out], or null for none
   * @param window stride, padding and dilation
   * @param groups into how many the channels are divided; each sees its own input channels only
   * @return [n, out, rows, columns], each as long as {@link #conv1d} says
   * @throws ShapeException if shapes do not fit, or x is smaller than the kernel
   */
  public static Tensor conv2d(
      Tensor x, Tensor weight, @Nullable Tensor bias, Window window, int groups) {
    return convolution(2, x, weight, bias, window, groups, IDENTITY);
  }

  /**
   * {@link #conv1d} or {@link #conv2d}, as many dimensions as the weight has, and a function of its
   * result, in one pass where the reverse rule allows; shapes are the same.
   *
   * @param activation a function of input 0, such as {@code Formula.input(0).relu()}
   * @throws ShapeException if shapes do not fit, or x is smaller than the kernel
   */
  public static Tensor conv(
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      Window window,
      int groups,
      Formula activation) {
    return convolution(dims("conv", weight), x, weight, bias, window, groups, activation);
  }

  private static Tensor convolution(
      int dims,
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      Window window,
      int groups,
      Formula activation) {
    String name = "conv" + dims + "d";
    Present.of(name, "activation", activation);
    int[] lengths = spatial(name, "input", x.shape(), dims);
    int[] kernel = spatial(name, "weight", weight.shape(), dims);
    List<Slide> slides = window.over(name, lengths, kernel);
    return new Convolution(slides, groups, activation).of(x, weight, bias);
  }

  /** {@link #convTranspose1d(Tensor, Tensor, Tensor, Window, int)} in one group. */
  public static Tensor convTranspose1d(
      Tensor x, Tensor weight, @Nullable Tensor bias, Window window) {
    return convTranspose1d(x, weight, bias, window, 1);
  }

  /**
   * The adjoint of {@link #conv1d} as a function of its input, PyTorch's {@code
   * F.conv_transpose1d}: every element is spread over the window that it came from, y[n, o, t] =
   * bias[o] + sum of x[n, c, p] weight[c, o, k] over c and all p and k where p stride + k dilation
   * - padding = t.
   *
   * @param x [n, in, length]
   * @param weight [in, out / groups, kernel]
   * @param bias [out], or null for none
   * @param window stride and dilation of the output, padding that is taken away from both of its
   *     ends, and output padding that is added behind it, less than the stride or the dilation
   * @param groups into how many the channels are divided
   * @return [n, out, (length - 1) stride - 2 padding + dilation (kernel - 1) + output padding + 1]
   * @throws ShapeException if shapes do not fit, or the result has no element
   */
  public static Tensor convTranspose1d(
      Tensor x, Tensor weight, @Nullable Tensor bias, Window window, int groups) {
    return transposed(1, x, weight, bias, window, groups, IDENTITY);
  }

  /** {@link #convTranspose2d(Tensor, Tensor, Tensor, Window, int)} in one group. */
  public static Tensor convTranspose2d(
      Tensor x, Tensor weight, @Nullable Tensor bias, Window window) {
    return convTranspose2d(x, weight, bias, window, 1);
  }

  /**
   * The adjoint of {@link #conv2d}, PyTorch's {@code F.conv_transpose2d}: {@link #convTranspose1d}
   * along two dimensions. {@code Window.UNIT.stride(2).padding(1).outputPadding(1)} with a kernel
   * of 3 x 3 doubles height and width.
   *
   * @param x [n, in, height, width]
   * @param weight [in, out / groups, kernel height, kernel width]
   * @param bias [out], or null for none
   * @param window as for {@link #convTranspose1d}, with one number for both dimensions or two
   * @param groups into how many the channels are divided
   * @return [n, out, rows, columns], each as long as {@link #convTranspose1d} says
   * @throws ShapeException if shapes do not fit, or the result has no element
   */
  public static Tensor convTranspose2d(
      Tensor x, Tensor weight, @Nullable Tensor bias, Window window, int groups) {
    return transposed(2, x, weight, bias, window, groups, IDENTITY);
  }

  /**
   * {@link #convTranspose1d} or {@link #convTranspose2d}, as many dimensions as the weight has, and
   * a function of its result, in one pass where the reverse rule allows; shapes are the same.
   *
   * @param activation a function of input 0, such as {@code Formula.input(0).relu()}
   * @throws ShapeException if shapes do not fit, or the result has no element
   */
  public static Tensor convTranspose(
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      Window window,
      int groups,
      Formula activation) {
    return transposed(dims("convTranspose", weight), x, weight, bias, window, groups, activation);
  }

  private static Tensor transposed(
      int dims,
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      Window window,
      int groups,
      Formula activation) {
    String name = "convTranspose" + dims + "d";
    Present.of(name, "activation", activation);
    int[] positions = spatial(name, "input", x.shape(), dims);
    int[] kernel = spatial(name, "weight", weight.shape(), dims);
    List<Slide> given = window.transposedOver(name, positions, kernel);
    List<Integer> added = Window.spread(name, "output padding", window.outputPaddings(), dims, 0);
    List<Slide> slides = new ArrayList<>();
    for (int d = 0; d < dims; d++) {
      slides.add(spreadOut(name, given.get(d), added.get(d)));
    }
    return new TransposedConvolution(slides, groups, activation).of(x, weight, bias);
  }

  /** The slide of the convolution that gives {@code given.length()} positions. */
  private static Slide spreadOut(String name, Slide given, int outputPadding) {
    int stride = given.stride();
    if (outputPadding >= Math.max(stride, given.dilation())) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "%s: output padding %d must be less than stride %d or dilation %d",
              name,
              outputPadding,
              stride,
              given.dilation()));
    }
    long whole = (given.length() - 1L) * stride + given.reach() + outputPadding;
    long length = whole - given.before() - given.after();
    if (given.length() < 1 || length < 1) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "%s: padding %d leaves nothing of the %,d elements that %d make with kernel %d",
              name,
              given.before(),
              given.length() < 1 ? 0 : whole,
              given.length(),
              given.kernel()));
    }
    if (whole > Integer.MAX_VALUE) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "%s: %d elements with kernel %d, stride %d and dilation %d make %,d: at most %,d",
              name,
              given.length(),
              given.kernel(),
              stride,
              given.dilation(),
              whole,
              Integer.MAX_VALUE));
    }
    int unread = outputPadding / stride * stride;
    return new Slide(
        (int) length,
        given.kernel(),
        stride,
        given.before(),
        given.after() - unread,
        given.dilation());
  }

  /**
   * The windows of a signal or an image, written out: column p holds the elements of the window at
   * position p, channel after channel, in each in row-major order.
   *
   * @param x [n, channels, height, width] or [n, channels, length]
   * @param kernel the window along each dimension
   * @return [n, channels * kernel height * kernel width, positions]
   * @throws ShapeException if no window fits
   */
  public static Tensor unfold(Tensor x, int[] kernel, Window window) {
    requireDimensions("unfold", kernel);
    int[] lengths = spatial("unfold", "input", x.shape(), kernel.length);
    return new Unfold(window.over("unfold", lengths, kernel)).applyTo(x);
  }

  /**
   * The adjoint of {@link #unfold}: columns are added up where they came from.
   *
   * @param columns [n, channels * kernel height * kernel width, positions]
   * @param lengths height and width of the result, or its length
   * @param kernel the window along each dimension
   * @return [n, channels, height, width] or [n, channels, length]
   * @throws ShapeException if shapes do not fit
   */
  public static Tensor fold(Tensor columns, int[] lengths, int[] kernel, Window window) {
    if (lengths.length != kernel.length) {
      throw new ShapeException(
          "fold: lengths %s and kernel %s are not of as many dimensions"
              .formatted(Arrays.toString(lengths), Arrays.toString(kernel)));
    }
    requireDimensions("fold", kernel);
    return new OverlapAdd(window.over("fold", lengths, kernel))
        .applyTo(Present.of("fold", "columns", columns));
  }

  private static void requireDimensions(String name, int... kernel) {
    if (kernel.length == 0) {
      throw new ShapeException(
          "%s: kernel []: one number is wanted for each dimension behind batch and channels"
              .formatted(name));
    }
  }

  private static int dims(String name, Tensor weight) {
    if (weight.rank() != 3 && weight.rank() != 4) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "%s: weight %s has %d dimensions: 3 are wanted for signals, 4 for images",
              name,
              weight.shape(),
              weight.rank()));
    }
    return weight.rank() - 2;
  }

  /** The dimensions behind batch and channels. */
  static int[] spatial(String name, String what, Shape shape, int dims) {
    if (shape.rank() != dims + 2) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "%s: %s %s has %d dimensions, not %d",
              name,
              what,
              shape,
              shape.rank(),
              dims + 2));
    }
    return Arrays.copyOfRange(shape.toArray(), 2, dims + 2);
  }
}
