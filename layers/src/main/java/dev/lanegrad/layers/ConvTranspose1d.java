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
 * The adjoint of {@link Conv1d}: each input element adds the kernel times itself to the output.
 * With stride s, padding p, dilation d and added length a an output is (n - 1) s - 2 p + d (k - 1)
 * + 1 + a long.
 *
 * <p>Shapes: {@code [n, in, length] -> [n, out, length]}.
 *
 * @param weight w, of shape [in, out / groups, k]
 * @param bias b, of shape [out]; null for none
 * @param window stride, padding and dilation
 * @param groups how many groups of channels are convolved apart
 * @param outputPadding added at the end of an output, less than the stride or the dilation
 */
public record ConvTranspose1d(
    Parameter weight,
    @Nullable Parameter bias,
    Window window,
    int groups,
    List<Integer> outputPadding)
    implements FusesActivation {
  /**
   * A layer of given parameters.
   *
   * @throws ShapeException if their shapes do not fit
   */
  public ConvTranspose1d {
    outputPadding = Require.all("convTranspose1d", "outputPadding", outputPadding);
    Require.present("convTranspose1d", "weight", weight);
    Require.present("convTranspose1d", "window", window);
    Filters.check("convTranspose1d", 3, weight, 1, bias, window, groups);
    Filters.checkOutputPadding("convTranspose1d", 1, outputPadding);
  }

  /** A float32 layer with stride 1 and without padding. */
  public ConvTranspose1d(int in, int out, int kernel, RandomGenerator random) {
    this(in, out, kernel, 1, DType.FLOAT32, random);
  }

  /**
   * A layer with stride 1 and without padding, whose weight and bias are uniform between -1 /
   * sqrt(fan-in) and 1 / sqrt(fan-in).
   *
   * @throws ShapeException if the channels are no multiple of the groups
   */
  public ConvTranspose1d(
      int in, int out, int kernel, int groups, DType dtype, RandomGenerator random) {
    this(
        new int[] {in, Filters.each("convTranspose1d", out, groups), kernel},
        out,
        groups,
        dtype,
        random);
  }

  private ConvTranspose1d(int[] shape, int out, int groups, DType dtype, RandomGenerator random) {
    this(
        Filters.weight(dtype, random, shape),
        Filters.bias(dtype, random, out, shape),
        Window.UNIT,
        groups,
        List.of(0));
  }

  /** The same layer with another stride. */
  public ConvTranspose1d stride(int... strides) {
    return new ConvTranspose1d(weight, bias, window.stride(strides), groups, outputPadding);
  }

  /** The same layer with zeros on both sides of an input. */
  public ConvTranspose1d padding(int... paddings) {
    return new ConvTranspose1d(weight, bias, window.padding(paddings), groups, outputPadding);
  }

  /** The same layer with gaps between the elements that a kernel meets. */
  public ConvTranspose1d dilation(int... dilations) {
    return new ConvTranspose1d(weight, bias, window.dilation(dilations), groups, outputPadding);
  }

  /** The same layer with outputs that are longer, since several lengths have the same adjoint. */
  public ConvTranspose1d outputPadding(int... added) {
    return new ConvTranspose1d(
        weight, bias, window, groups, Require.all("convTranspose1d", "added", added));
  }

  /** The same layer without its bias. */
  public ConvTranspose1d withoutBias() {
    return new ConvTranspose1d(weight, null, window, groups, outputPadding);
  }

  /** How many channels an input has. */
  public int in() {
    return weight.shape().dim(0);
  }

  /** How many channels an output has. */
  public int out() {
    return weight.shape().dim(1) * groups;
  }

  /**
   * The activation of the outputs of a batch.
   *
   * @throws ShapeException if it has other channels or is shorter than the kernel
   */
  @Override
  public Tensor forward(Tensor x, Formula activation) {
    Require.present("convTranspose1d", "activation", activation);
    Tensor b = bias == null ? null : bias.tensor();
    return Convolutions.convTranspose1d(
        x, weight.tensor(), b, window, groups, activation, Filters.array(outputPadding));
  }

  @Override
  public List<Parameter> ownParameters() {
    return Filters.parameters(weight, bias);
  }

  @Override
  public String toString() {
    return Filters.describe("ConvTranspose1d", in(), out(), weight.shape(), window);
  }
}
