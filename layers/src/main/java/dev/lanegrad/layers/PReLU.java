package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.ScalarFunction;
import dev.lanegrad.autodiff.op.Elementwise;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * x where x > 0, else a x with a slope a that is learned: one for everything, or one for each
 * channel.
 *
 * <p>Shapes: {@code [n, channels, ..] -> [n, channels, ..]}; with one slope {@code s -> s}.
 *
 * <p>Source: He, Zhang, Ren and Sun, "Delving deep into rectifiers", 2015, <a
 * href="https://arxiv.org/abs/1502.01852">arXiv:1502.01852</a>.
 *
 * @param weight the slopes, of shape [channels] or [1]
 */
public record PReLU(Parameter weight) implements Layer {
  private static final Elementwise LEAKY = Elementwise.of(ScalarFunction.LEAKY_RELU);

  /**
   * A layer of given slopes.
   *
   * @throws ShapeException if they are no vector
   */
  public PReLU {
    if (weight.shape().rank() != 1 || weight.size() == 0) {
      throw new ShapeException("prelu: takes slopes [channels], not " + weight.shape());
    }
  }

  /** One float32 slope, 0.25 at first. */
  public PReLU() {
    this(1);
  }

  /** A float32 slope for each channel, 0.25 at first. */
  public PReLU(int channels) {
    this(channels, DType.FLOAT32);
  }

  /**
   * A slope for each channel, 0.25 at first.
   *
   * @throws DTypeException if the dtype is neither float32 nor float64
   */
  public PReLU(int channels, DType dtype) {
    this(
        Parameter.of(
            "weight",
            Tensor.full(
                dtype, 0.25, Require.lengths("prelu", dtype, "slopes [channels]", channels))));
  }

  /**
   * Every element by its channel's slope.
   *
   * @throws ShapeException if there are several slopes and not as many channels
   */
  @Override
  public Tensor forward(Tensor x) {
    int channels = weight.size();
    if (channels == 1) {
      Tensor slope = weight.tensor();
      return LEAKY.applyTo(x, x.rank() == 0 ? slope.reshape() : slope);
    }
    if (x.rank() < 2 || x.shape().dim(1) != channels) {
      throw new ShapeException(
          String.format(Locale.ROOT, "prelu: takes [n, %d, ..], not %s", channels, x.shape()));
    }
    int[] aligned = new int[x.rank() - 1];
    Arrays.fill(aligned, 1);
    aligned[0] = channels;
    return LEAKY.applyTo(x, weight.tensor().reshape(aligned));
  }

  @Override
  public List<Parameter> ownParameters() {
    return List.of(weight);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "PReLU[channels=%d]", weight.size());
  }
}
