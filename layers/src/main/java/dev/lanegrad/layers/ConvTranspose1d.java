package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Window;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The adjoint of {@link Conv1d}: each input element adds the kernel times itself to the output.
 * With stride s, padding p, dilation d and output padding a an output is (n - 1) s - 2 p + d (k -
 * 1) + a + 1 long.
 *
 * <p>Shapes: {@code [n, in, length] -> [n, out, length]}.
 *
 * @param weight w, of shape [in, out / groups, k]
 * @param bias b, of shape [out]; null for none
 * @param window stride, padding, dilation and output padding
 * @param groups how many groups of channels are convolved apart
 */
public record ConvTranspose1d(Parameter weight, @Nullable Parameter bias, Window window, int groups)
    implements TransposedConvolutionLayer<ConvTranspose1d> {
  /**
   * A layer of given parameters.
   *
   * @throws ShapeException if their shapes do not fit
   * @throws DTypeException if weight and bias have not one dtype
   */
  public ConvTranspose1d {
    Filters.checkTransposed("convTranspose1d", 1, weight, bias, window, groups);
  }

  /** A float32 layer with stride 1 and without padding. */
  public ConvTranspose1d(int in, int out, int kernel, RandomGenerator random) {
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
  public ConvTranspose1d(
      int in, int out, int kernel, int groups, DType dtype, RandomGenerator random) {
    this(
        Filters.transposedFilter("convTranspose1d", in, out, groups, dtype, random, kernel),
        groups);
  }

  private ConvTranspose1d(Filters.Filter filter, int groups) {
    this(filter.weight(), filter.bias(), Window.UNIT, groups);
  }

  @Override
  public ConvTranspose1d window(Window window) {
    return new ConvTranspose1d(weight, bias, window, groups);
  }

  @Override
  public ConvTranspose1d withoutBias() {
    return new ConvTranspose1d(weight, null, window, groups);
  }

  @Override
  public String toString() {
    return Filters.describe("ConvTranspose1d", this);
  }
}
