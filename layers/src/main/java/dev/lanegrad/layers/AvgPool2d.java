package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Pooling;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.Window;
import java.util.Arrays;
import java.util.List;

/**
 * The mean of each window.
 *
 * <p>Shapes: {@code [n, channels, height, width] -> [n, channels, height, width]}.
 *
 * @param kernel how long a window is: height and width
 * @param window stride, padding
 * @param countPadding whether padding counts as zeros, as in PyTorch by default
 */
public record AvgPool2d(List<Integer> kernel, Window window, boolean countPadding)
    implements Layer {
  public AvgPool2d {
    kernel = Require.all("avgPool2d", "kernel", kernel);
    Require.present("avgPool2d", "window", window);
    Filters.check("avgPool2d", 2, kernel, window);
  }

  /**
   * Windows side by side: the stride is the kernel.
   *
   * @param kernel height and width, or one number for both
   */
  public AvgPool2d(int... kernel) {
    this(
        Arrays.stream(Filters.both("avgPool2d", kernel)).boxed().toList(),
        Window.UNIT.stride(Filters.both("avgPool2d", kernel)),
        true);
  }

  /** The same layer with another distance from window to window. */
  public AvgPool2d stride(int... strides) {
    return new AvgPool2d(kernel, window.stride(strides), countPadding);
  }

  /** The same layer with zeros added on both sides. */
  public AvgPool2d padding(int... paddings) {
    return new AvgPool2d(kernel, window.padding(paddings), countPadding);
  }

  /** The same layer where padding does not count among the elements. */
  public AvgPool2d withoutCountingPadding() {
    return new AvgPool2d(kernel, window, false);
  }

  /**
   * The windows of a batch.
   *
   * @throws ShapeException if it has another rank or is shorter than the kernel
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
