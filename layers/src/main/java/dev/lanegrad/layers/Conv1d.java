package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Convolutions;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.Window;
import dev.lanegrad.autodiff.formula.Formula;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A convolution of sequences: y[o, t] = b[o] + the sum over i and k of w[o, i, k] x[i, s t + d k -
 * p], with stride s, padding p of zeros and dilation d. An output is (n + 2 p - d (k - 1) - 1) / s
 * + 1 long, rounded down.
 *
 * <p>Shapes: {@code [n, in, length] -> [n, out, length]}.
 *
 * @param weight w, of shape [out, in / groups, k]
 * @param bias b, of shape [out]; null for none
 * @param window stride, padding and dilation
 * @param groups how many groups of channels are convolved apart
 */
public record Conv1d(Parameter weight, @Nullable Parameter bias, Window window, int groups)
    implements FusesActivation {
  /**
   * A layer of given parameters.
   *
   * @throws ShapeException if their shapes do not fit
   */
  public Conv1d {
    Require.present("conv1d", "weight", weight);
    Require.present("conv1d", "window", window);
    Filters.check("conv1d", 3, weight, 0, bias, window, groups);
  }

  /** A float32 layer with stride 1 and without padding. */
  public Conv1d(int in, int out, int kernel, RandomGenerator random) {
    this(in, out, kernel, 1, DType.FLOAT32, random);
  }

  /**
   * A layer with stride 1 and without padding, whose weight and bias are uniform between -1 /
   * sqrt(fan-in) and 1 / sqrt(fan-in).
   *
   * @throws ShapeException if the channels are no multiple of the groups
   */
  public Conv1d(int in, int out, int kernel, int groups, DType dtype, RandomGenerator random) {
    this(new int[] {out, Filters.each("conv1d", in, groups), kernel}, out, groups, dtype, random);
  }

  private Conv1d(int[] shape, int out, int groups, DType dtype, RandomGenerator random) {
    this(
        Filters.weight(dtype, random, shape),
        Filters.bias(dtype, random, out, shape),
        Window.UNIT,
        groups);
  }

  /** The same layer with another stride. */
  public Conv1d stride(int... strides) {
    return new Conv1d(weight, bias, window.stride(strides), groups);
  }

  /** The same layer with zeros on both sides of an input. */
  public Conv1d padding(int... paddings) {
    return new Conv1d(weight, bias, window.padding(paddings), groups);
  }

  /** The same layer with as much padding as keeps the length at stride 1. */
  public Conv1d samePadding() {
    return new Conv1d(weight, bias, window.samePadding(), groups);
  }

  /** The same layer with gaps between the elements that a kernel meets. */
  public Conv1d dilation(int... dilations) {
    return new Conv1d(weight, bias, window.dilation(dilations), groups);
  }

  /** The same layer without its bias. */
  public Conv1d withoutBias() {
    return new Conv1d(weight, null, window, groups);
  }

  /** How many channels an input has. */
  public int in() {
    return weight.shape().dim(1) * groups;
  }

  /** How many channels an output has. */
  public int out() {
    return weight.shape().dim(0);
  }

  /**
   * The activation of the outputs of a batch.
   *
   * @throws ShapeException if it has other channels or is shorter than the kernel
   */
  @Override
  public Tensor forward(Tensor x, Formula activation) {
    Require.present("conv1d", "activation", activation);
    Tensor b = bias == null ? null : bias.tensor();
    return Convolutions.conv1d(x, weight.tensor(), b, window, groups, activation);
  }

  @Override
  public List<Parameter> ownParameters() {
    return Filters.parameters(weight, bias);
  }

  @Override
  public String toString() {
    return Filters.describe("Conv1d", in(), out(), weight.shape(), window);
  }
}
