package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Pooling;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.Window;
import java.util.List;

/**
 * The mean of each window.
 *
 * <p>Shapes: {@code [n, channels, length] -> [n, channels, length]}.
 *
 * @param kernel how long a window is
 * @param window stride, padding
 * @param countPadding whether padding counts as zeros, as in PyTorch by default
 */
public record AvgPool1d(int kernel, Window window, boolean countPadding) implements Layer {
  public AvgPool1d {
    Require.present("avgPool1d", "window", window);
    Filters.check("avgPool1d", 1, List.of(kernel), window);
  }

  /** Windows side by side: the stride is the kernel. */
  public AvgPool1d(int kernel) {
    this(kernel, Window.UNIT.stride(kernel), true);
  }

  /** The same layer with another distance from window to window. */
  public AvgPool1d stride(int... strides) {
    return new AvgPool1d(kernel, window.stride(strides), countPadding);
  }

  /** The same layer with zeros added on both sides. */
  public AvgPool1d padding(int... paddings) {
    return new AvgPool1d(kernel, window.padding(paddings), countPadding);
  }

  /** The same layer where padding does not count among the elements. */
  public AvgPool1d withoutCountingPadding() {
    return new AvgPool1d(kernel, window, false);
  }

  /**
   * The windows of a batch.
   *
   * @throws ShapeException if it has another rank or is shorter than the kernel
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
