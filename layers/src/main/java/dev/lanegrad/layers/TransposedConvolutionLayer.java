package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Convolutions;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;

/**
 * The adjoint of a {@link ConvolutionLayer}, which goes from its outputs' length back to that of
 * its inputs: each input element adds the kernel times itself to the output, y[o, s p + d k - a] +=
 * w[i, o, k] x[i, p], with stride s, padding a, which is taken away from both ends, and dilation d.
 *
 * <p>Shapes: {@code [n, in, ..] -> [n, out, ..]}, where n elements along a dimension become (n - 1)
 * s - 2 a + d (k - 1) + 1 + the output padding, with a kernel of length k.
 *
 * @param <L> the layer itself
 */
public sealed interface TransposedConvolutionLayer<L extends TransposedConvolutionLayer<L>>
    extends ConvolutionLayer<L> permits ConvTranspose1d, ConvTranspose2d {
  /**
   * The same layer with outputs that are longer at the end, PyTorch's output_padding. A convolution
   * with a stride makes one length of several; this says which of them its adjoint gives back: with
   * stride 2, padding 1 and a kernel of 3, sequences of 9 and of 10 elements become 5, and 5
   * elements become 9, or with {@code outputPadding(1)} 10. The elements are computed like all
   * others, not filled with zeros.
   *
   * @param added in elements of the output, one for all dimensions or one for each; less than the
   *     stride or the dilation, which {@link #forward} checks
   * @throws ShapeException if one is negative, or there is neither one nor one for each dimension
   */
  default L outputPadding(int... added) {
    return window(window().outputPadding(Require.present("convTranspose", "added", added)));
  }

  @Override
  default int in() {
    return weight().shape().dim(0);
  }

  @Override
  default int out() {
    return weight().shape().dim(1) * groups();
  }

  /**
   * The activation of the outputs of a batch.
   *
   * @throws ShapeException if it has another rank or other channels, its output would have no
   *     element, or the output padding is as long as stride and dilation
   */
  @Override
  default Tensor forward(Tensor x, Formula activation) {
    return Convolutions.convTranspose(
        x, weight().tensor(), Filters.tensor(bias()), window(), groups(), activation);
  }
}
