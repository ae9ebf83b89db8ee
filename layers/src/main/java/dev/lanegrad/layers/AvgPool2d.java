package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Pooling;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.Window;
import java.util.List;

/**
 * The mean of each window. With a kernel of length k, stride s and padding p, n rows or columns
 * become (n + 2 p - k) / s + 1, rounded down.
 *
 * <p>Shapes: {@code [n, channels, height, width] -> [n, channels, rows, columns]}.
 *
 * @param kernel how long a window is: height and width; PyTorch's {@code kernel_size}
 * @param window stride and padding
 * @param countPadding whether padding counts as zeros; PyTorch's {@code count_include_pad}
 */
public record AvgPool2d(List<Integer> kernel, Window window, boolean countPadding)
    implements Windowed<AvgPool2d> {
  /**
   * A layer with a window of its own.
   *
   * @throws ShapeException if kernel and window are none for two dimensions, or there is dilation
   */
  public AvgPool2d {
    kernel = Filters.checkMeans("avgPool2d", 2, kernel, window);
  }

  /**
   * Windows side by side: the stride is the kernel, as in PyTorch.
   *
   * @param kernel height and width, or one number for both
   */
  public AvgPool2d(int... kernel) {
    this(
        Filters.list(Filters.both("avgPool2d", kernel)),
        Window.UNIT.stride(Filters.both("avgPool2d", kernel)),
        true);
  }

  @Override
  public AvgPool2d window(Window window) {
    return new AvgPool2d(kernel, window, countPadding);
  }

  /**
   * The same layer where padding does not count among the elements; PyTorch's {@code
   * count_include_pad=False}.
   */
  public AvgPool2d withoutCountingPadding() {
    return new AvgPool2d(kernel, window, false);
  }

  /**
   * The windows of a batch.
   *
   * @throws ShapeException if it has another rank or is shorter than the kernel, or the padding is
   *     more than half of the kernel
   */
  @Override
  public Tensor forward(Tensor x) {
    return Pooling.avgPool2d(x, Filters.array(kernel), window, countPadding);
  }

  @Override
  public String toString() {
    return "AvgPool2d[kernel=" + kernel + Filters.describe(window) + "]";
  }
}
