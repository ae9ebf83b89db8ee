package dev.lanegrad.layers;

import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Window;

/**
 * A layer that moves a {@link Window} along the dimensions of its input behind batch and channels:
 * a convolution or a pooling. {@link #stride} and its like leave the layer as it is and return
 * another one that shares its parameters, so that settings follow each other: PyTorch's {@code
 * Conv1d(1, 8, 5, stride=2, padding=2)} is {@code new Conv1d(1, 8, 5,
 * random).stride(2).padding(2)}.
 *
 * @param <L> the layer itself
 */
public sealed interface Windowed<L extends Windowed<L>> extends Layer
    permits ConvolutionLayer, MaxPool1d, MaxPool2d, AvgPool1d, AvgPool2d {
  /** How the window moves: stride, padding and what else there is. */
  Window window();

  /**
   * The same layer with another window.
   *
   * @throws ShapeException if it does not fit the layer's number of dimensions, or has what this
   *     layer does not take
   */
  L window(Window window);

  /**
   * The same layer with another distance from one position of the window to the next, PyTorch's
   * stride: with stride s an output is about 1 / s as long.
   *
   * @param strides in elements of the input, one for all dimensions or one for each
   * @throws ShapeException if one is below 1, or there is neither one nor one for each dimension
   */
  default L stride(int... strides) {
    return window(window().stride(strides));
  }

  /**
   * The same layer with padding at both ends of each dimension, PyTorch's padding: zeros for a
   * convolution or a mean, for a maximum what is never the largest; a transposed convolution takes
   * as much away from both ends of its output.
   *
   * @param paddings in elements, one for all dimensions or one for each
   * @throws ShapeException if one is negative, or there is neither one nor one for each dimension
   */
  default L padding(int... paddings) {
    return window(window().padding(paddings));
  }
}
