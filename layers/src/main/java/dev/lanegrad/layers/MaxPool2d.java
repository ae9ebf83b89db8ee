package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Pooling;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.Window;
import java.util.Arrays;
import java.util.List;

/**
 * The largest element of each window; of equal ones the first gets the gradient.
 *
 * <p>Shapes: {@code [n, channels, height, width] -> [n, channels, height, width]}.
 *
 * @param kernel how long a window is: height and width
 * @param window stride, padding and dilation
 */
public record MaxPool2d(List<Integer> kernel, Window window) implements Layer {
  public MaxPool2d {
    kernel = Require.all("maxPool2d", "kernel", kernel);
    Require.present("maxPool2d", "window", window);
    Filters.check("maxPool2d", 2, kernel, window);
  }

  /**
   * Windows side by side: the stride is the kernel.
   *
   * @param kernel height and width, or one number for both
   */
  public MaxPool2d(int... kernel) {
    this(
        Arrays.stream(Filters.both("maxPool2d", kernel)).boxed().toList(),
        Window.UNIT.stride(Filters.both("maxPool2d", kernel)));
  }

  /** The same layer with another distance from window to window. */
  public MaxPool2d stride(int... strides) {
    return new MaxPool2d(kernel, window.stride(strides));
  }

  /** The same layer with padding on both sides, which is never the largest. */
  public MaxPool2d padding(int... paddings) {
    return new MaxPool2d(kernel, window.padding(paddings));
  }

  /** The same layer with gaps between the elements of a window. */
  public MaxPool2d dilation(int... dilations) {
    return new MaxPool2d(kernel, window.dilation(dilations));
  }

  /**
   * The windows of a batch.
   *
   * @throws ShapeException if it has another rank or is shorter than the kernel
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
