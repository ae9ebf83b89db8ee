package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Pooling;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.Window;
import java.util.List;

/**
 * The mean of each window. With a kernel of length k, stride s and padding p, n elements become (n
 * + 2 p - k) / s + 1, rounded down.
 *
 * <p>Shapes: {@code [n, channels, length] -> [n, channels, positions]}.
 *
 * @param kernel how long a window is; PyTorch's {@code kernel_size}
 * @param window stride and padding
 * @param countPadding whether padding counts as zeros; PyTorch's {@code count_include_pad}
 */
public record AvgPool1d(int kernel, Window window, boolean countPadding)
    implements Windowed<AvgPool1d> {
  /**
   * A layer with a window of its own.
   *
   * @throws ShapeException if kernel and window are none for one dimension, or there is dilation
   */
  public AvgPool1d {
    Filters.checkMeans("avgPool1d", 1, List.of(kernel), window);
  }

  /** Windows side by side: the stride is the kernel, as in PyTorch. */
  public AvgPool1d(int kernel) {
    this(kernel, Window.UNIT.stride(kernel), true);
  }

  @Override
  public AvgPool1d window(Window window) {
    return new AvgPool1d(kernel, window, countPadding);
  }

  /**
   * The same layer where padding does not count among the elements; PyTorch's {@code
   * count_include_pad=False}.
   */
  public AvgPool1d withoutCountingPadding() {
    return new AvgPool1d(kernel, window, false);
  }

  /**
   * The windows of a batch.
   *
   * @throws ShapeException if it has another rank or is shorter than the kernel, or the padding is
   *     more than half of the kernel
   */
  @Override
  public Tensor forward(Tensor x) {
    return Pooling.avgPool1d(x, kernel, window, countPadding);
  }

  @Override
  public String toString() {
    return "AvgPool1d[kernel=" + kernel + Filters.describe(window) + "]";
  }
}
