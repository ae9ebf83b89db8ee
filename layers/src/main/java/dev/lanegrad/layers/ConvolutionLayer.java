package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Convolutions;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A convolution along any number of dimensions: y[o, p] = b[o] + the sum over input channels i and
 * elements k of the kernel of w[o, i, k] x[i, s p + d k - a], with stride s, padding a of zeros and
 * dilation d, where p and k have a number for each dimension and each dimension its own s, a and d.
 *
 * <p>Shapes: {@code [n, in, ..] -> [n, out, ..]}, where n elements along a dimension become (n + 2
 * a - d (k - 1) - 1) / s + 1, rounded down, with a kernel of length k.
 *
 * @param <L> the layer itself
 */
public sealed interface ConvolutionLayer<L extends ConvolutionLayer<L>>
    extends Windowed<L>, FusesActivation permits Conv1d, Conv2d, TransposedConvolutionLayer {
  /** w, the kernel of every pair of an output and an input channel. */
  Parameter weight();

  /** b, of shape [out]; null for none. */
  @Nullable Parameter bias();

  /**
   * Into how many groups the channels are divided, PyTorch's {@code groups}: those of an output
   * group see the inputs of the same group only.
   */
  int groups();

  /** The same layer without its bias; PyTorch's {@code bias=False}. */
  L withoutBias();

  /**
   * The same layer with gaps between the elements that a kernel meets, PyTorch's dilation: a kernel
   * of length k reaches over dilation (k - 1) + 1 elements.
   *
   * @param dilations from one element to the next, one for all dimensions or one for each
   * @throws ShapeException if one is below 1, or there is neither one nor one for each dimension
   */
  default L dilation(int... dilations) {
    return window(window().dilation(dilations));
  }

  /**
   * The same layer with as much padding as keeps the length at stride 1; PyTorch's {@code
   * padding="same"}.
   */
  default L samePadding() {
    return window(window().samePadding());
  }

  /** How many channels an input has; PyTorch's {@code in_channels}. */
  default int in() {
    return weight().shape().dim(1) * groups();
  }

  /** How many channels an output has; PyTorch's {@code out_channels}. */
  default int out() {
    return weight().shape().dim(0);
  }

  /**
   * The activation of the outputs of a batch.
   *
   * @throws ShapeException if it has another rank or other channels, or is shorter than the kernel
   */
  @Override
  default Tensor forward(Tensor x, Formula activation) {
    return Convolutions.conv(
        x, weight().tensor(), Filters.tensor(bias()), window(), groups(), activation);
  }

  @Override
  default List<Parameter> ownParameters() {
    return Filters.parameters(weight(), bias());
  }
}
