package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Window;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The adjoint of {@link Conv2d}: each input element adds the kernel times itself to the output.
 * With stride s, padding p, dilation d and output padding a an output is (n - 1) s - 2 p + d (k -
 * 1) + a + 1 long, along each dimension with its own numbers: {@code new ConvTranspose2d(8, 4, 3,
 * random).stride(2).padding(1).outputPadding(1)} doubles height and width.
 *
 * <p>Shapes: {@code [n, in, height, width] -> [n, out, height, width]}.
 *
 * @param weight w, of shape [in, out / groups, kh, kw]
 * @param bias b, of shape [out]; null for none
 * @param window stride, padding, dilation and output padding
 * @param groups how many groups of channels are convolved apart
 */
public record ConvTranspose2d(Parameter weight, @Nullable Parameter bias, Window window, int groups)
    implements TransposedConvolutionLayer<ConvTranspose2d> {
  /**
   * A layer of given parameters.
   *
   * @throws ShapeException if their shapes do not fit
   * @throws DTypeException if weight and bias have not one dtype
   */
  public ConvTranspose2d {
    Filters.checkTransposed("convTranspose2d", 2, weight, bias, window, groups);
  }

  /** A float32 layer with a square kernel, stride 1 and without padding. */
  public ConvTranspose2d(int in, int out, int kernel, RandomGenerator random) {
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
  public ConvTranspose2d(
      int in, int out, int[] kernel, int groups, DType dtype, RandomGenerator random) {
    this(
        Filters.transposedFilter(
            "convTranspose2d",
            in,
            out,
            groups,
            dtype,
            random,
            Filters.both("convTranspose2d", kernel)),
        groups);
  }

  private ConvTranspose2d(Filters.Filter filter, int groups) {
    this(filter.weight(), filter.bias(), Window.UNIT, groups);
  }

  @Override
  public ConvTranspose2d window(Window window) {
    return new ConvTranspose2d(weight, bias, window, groups);
  }

  @Override
  public ConvTranspose2d withoutBias() {
    return new ConvTranspose2d(weight, null, window, groups);
  }

  @Override
  public String toString() {
    return Filters.describe("ConvTranspose2d", this);
  }
}
