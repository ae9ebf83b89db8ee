package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Pooling;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.Window;
import java.util.List;

/**
 * The largest element of each window; of equal ones the first gets the gradient.
 *
 * <p>Shapes: {@code [n, channels, length] -> [n, channels, length]}.
 *
 * @param kernel how long a window is
 * @param window stride, padding and dilation
 */
public record MaxPool1d(int kernel, Window window) implements Layer {
  public MaxPool1d {
    Require.present("maxPool1d", "window", window);
    Filters.check("maxPool1d", 1, List.of(kernel), window);
  }

  /** Windows side by side: the stride is the kernel. */
  public MaxPool1d(int kernel) {
    this(kernel, Window.UNIT.stride(kernel));
  }

  /** The same layer with another distance from window to window. */
  public MaxPool1d stride(int... strides) {
    return new MaxPool1d(kernel, window.stride(strides));
  }

  /** The same layer with padding on both sides, which is never the largest. */
  public MaxPool1d padding(int... paddings) {
    return new MaxPool1d(kernel, window.padding(paddings));
  }

  /** The same layer with gaps between the elements of a window. */
  public MaxPool1d dilation(int... dilations) {
    return new MaxPool1d(kernel, window.dilation(dilations));
  }

  /**
   * The windows of a batch.
   *
   * @throws ShapeException if it has another rank or is shorter than the kernel
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
