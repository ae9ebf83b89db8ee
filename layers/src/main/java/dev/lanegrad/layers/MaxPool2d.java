package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Pooling;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.Window;
import java.util.List;

/**
 * The largest element of each window; of equal ones the first gets the gradient. With a kernel of
 * length k, stride s, padding p and dilation d, n rows or columns become (n + 2 p - d (k - 1) - 1)
 * / s + 1, rounded down.
 *
 * <p>Shapes: {@code [n, channels, height, width] -> [n, channels, rows, columns]}.
 *
 * @param kernel how long a window is: height and width; PyTorch's {@code kernel_size}
 * @param window stride, padding and dilation
 */
public record MaxPool2d(List<Integer> kernel, Window window) implements Windowed<MaxPool2d> {
  /**
   * A layer with a window of its own.
   *
   * @throws ShapeException if kernel and window are none for two dimensions
   */
  public MaxPool2d {
    kernel = Filters.checkPooling("maxPool2d", 2, kernel, window);
  }

  /**
   * Windows side by side: the stride is the kernel, as in PyTorch.
   *
   * @param kernel height and width, or one number for both
   */
  public MaxPool2d(int... kernel) {
    this(
        Filters.list(Filters.both("maxPool2d", kernel)),
        Window.UNIT.stride(Filters.both("maxPool2d", kernel)));
  }

  @Override
  public MaxPool2d window(Window window) {
    return new MaxPool2d(kernel, window);
  }

  /**
   * The same layer with gaps between the elements of a window; PyTorch's dilation.
   *
   * @param dilations from one element to the next, one for both dimensions or one for each
   * @throws ShapeException if one is below 1, or there are neither one nor two
   */
  public MaxPool2d dilation(int... dilations) {
    return window(window.dilation(dilations));
  }

  /**
   * The windows of a batch.
   *
   * @throws ShapeException if it has another rank or is shorter than the kernel, or the padding is
   *     more than half of the kernel
   */
  @Override
  public Tensor forward(Tensor x) {
    return Pooling.maxPool2d(x, Filters.array(kernel), window);
  }

  @Override
  public String toString() {
    return "MaxPool2d[kernel=" + kernel + Filters.describe(window) + "]";
  }
}
