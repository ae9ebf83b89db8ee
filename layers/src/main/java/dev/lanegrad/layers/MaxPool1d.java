package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Pooling;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.Window;
import java.util.List;

/**
 * The largest element of each window; of equal ones the first gets the gradient. With a kernel of
 * length k, stride s, padding p and dilation d, n elements become (n + 2 p - d (k - 1) - 1) / s +
 * 1, rounded down.
 *
 * <p>Shapes: {@code [n, channels, length] -> [n, channels, positions]}.
 *
 * @param kernel how long a window is; PyTorch's {@code kernel_size}
 * @param window stride, padding and dilation
 */
public record MaxPool1d(int kernel, Window window) implements Windowed<MaxPool1d> {
  /**
   * A layer with a window of its own.
   *
   * @throws ShapeException if kernel and window are none for one dimension
   */
  public MaxPool1d {
    Filters.checkPooling("maxPool1d", 1, List.of(kernel), window);
  }

  /** Windows side by side: the stride is the kernel, as in PyTorch. */
  public MaxPool1d(int kernel) {
    this(kernel, Window.UNIT.stride(kernel));
  }

  @Override
  public MaxPool1d window(Window window) {
    return new MaxPool1d(kernel, window);
  }

  /**
   * The same layer with gaps between the elements of a window; PyTorch's dilation.
   *
   * @param dilations from one element to the next
   * @throws ShapeException if one is below 1, or there is not one
   */
  public MaxPool1d dilation(int... dilations) {
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
    return Pooling.maxPool1d(x, kernel, window);
  }

  @Override
  public String toString() {
    return "MaxPool1d[kernel=" + kernel + Filters.describe(window) + "]";
  }
}
