package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Window;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A convolution of images: y[o, r, c] = b[o] + the sum over i, j and k of w[o, i, j, k] x[i, s r +
 * d j - p, s c + d k - p], with stride s, padding p of zeros and dilation d, each of which may
 * differ between rows and columns. An output is (n + 2 p - d (k - 1) - 1) / s + 1 long, rounded
 * down.
 *
 * <p>Shapes: {@code [n, in, height, width] -> [n, out, height, width]}.
 *
 * @param weight w, of shape [out, in / groups, kh, kw]
 * @param bias b, of shape [out]; null for none
 * @param window stride, padding and dilation
 * @param groups how many groups of channels are convolved apart
 */
public record Conv2d(Parameter weight, @Nullable Parameter bias, Window window, int groups)
    implements ConvolutionLayer<Conv2d> {
  /**
   * A layer of given parameters.
   *
   * @throws ShapeException if their shapes do not fit
   * @throws DTypeException if weight and bias have not one dtype
   */
  public Conv2d {
    Filters.check("conv2d", 2, weight, bias, window, groups);
  }

  /** A float32 layer with a square kernel, stride 1 and without padding. */
  public Conv2d(int in, int out, int kernel, RandomGenerator random) {
    this(in, out, new int[] {kernel}, 1, DType.FLOAT32, random);
  }

  /**
   * A layer with stride 1 and without padding, whose weight and bias are uniform between -1 /
   * sqrt(fan-in) and 1 / sqrt(fan-in).
   *
   * @param in how many channels an input has; PyTorch's {@code in_channels}
   * @param out how many channels an output has; PyTorch's {@code out_channels}
   * @param kernel height and width of the kernel, or one number for both; PyTorch's {@code
   *     kernel_size}
   * @param groups how many groups of channels are convolved apart, 1 for all together
   * @throws ShapeException if the channels are no multiple of the groups
   */
  public Conv2d(int in, int out, int[] kernel, int groups, DType dtype, RandomGenerator random) {
    this(
        Filters.filter("conv2d", in, out, groups, dtype, random, Filters.both("conv2d", kernel)),
        groups);
  }

  private Conv2d(Filters.Filter filter, int groups) {
    this(filter.weight(), filter.bias(), Window.UNIT, groups);
  }

  @Override
  public Conv2d window(Window window) {
    return new Conv2d(weight, bias, window, groups);
  }

  @Override
  public Conv2d withoutBias() {
    return new Conv2d(weight, null, window, groups);
  }

  @Override
  public String toString() {
    return Filters.describe("Conv2d", this);
  }
}
