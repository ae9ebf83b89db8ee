package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Pooling;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;

/**
 * The largest element of each channel. PyTorch: {@code AdaptiveMaxPool2d(1)}, followed by {@code
 * Flatten}.
 *
 * <p>Shapes: {@code [n, channels, ..] -> [n, channels]}.
 */
public record GlobalMaxPool() implements Layer {
  /**
   * One number for each channel.
   *
   * @throws ShapeException if there is no dimension after the channels
   */
  @Override
  public Tensor forward(Tensor x) {
    return Pooling.globalMaxPool(x);
  }
}
