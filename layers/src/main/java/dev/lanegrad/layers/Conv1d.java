package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Window;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A convolution of sequences: y[o, t] = b[o] + the sum over i and k of w[o, i, k] x[i, s t + d k -
 * p], with stride s, padding p of zeros and dilation d. An output is (n + 2 p - d (k - 1) - 1) / s
 * + 1 long, rounded down.
 *
 * <p>Shapes: {@code [n, in, length] -> [n, out, length]}.
 *
 * @param weight w, of shape [out, in / groups, k]
 * @param bias b, of shape [out]; null for none
 * @param window stride, padding and dilation
 * @param groups how many groups of channels are convolved apart
 */
public record Conv1d(Parameter weight, @Nullable Parameter bias, Window window, int groups)
    implements ConvolutionLayer<Conv1d> {
  /**
   * A layer of given parameters.
   *
   * @throws ShapeException if their shapes do not fit
   * @throws DTypeException if weight and bias have not one dtype
   */
  public Conv1d {
    Filters.check("conv1d", 1, weight, bias, window, groups);
  }

  /** A float32 layer with stride 1 and without padding. */
  public Conv1d(int in, int out, int kernel, RandomGenerator random) {
    this(in, out, kernel, 1, DType.FLOAT32, random);
  }

  /**
   * A layer with stride 1 and without padding, whose weight and bias are uniform between -1 /
   * sqrt(fan-in) and 1 / sqrt(fan-in).
   *
   * @param in how many channels an input has; PyTorch's {@code in_channels}
   * @param out how many channels an output has; PyTorch's {@code out_channels}
   * @param kernel length of the kernel; PyTorch's {@code kernel_size}
   * @param groups how many groups of channels are convolved apart, 1 for all together
   * @throws ShapeException if the channels are no multiple of the groups
   */
  public Conv1d(int in, int out, int kernel, int groups, DType dtype, RandomGenerator random) {
    this(Filters.filter("conv1d", in, out, groups, dtype, random, kernel), groups);
  }

  private Conv1d(Filters.Filter filter, int groups) {
    this(filter.weight(), filter.bias(), Window.UNIT, groups);
  }

  @Override
  public Conv1d window(Window window) {
    return new Conv1d(weight, bias, window, groups);
  }

  @Override
  public Conv1d withoutBias() {
    return new Conv1d(weight, null, window, groups);
  }

  @Override
  public String toString() {
    return Filters.describe("Conv1d", this);
  }
}
