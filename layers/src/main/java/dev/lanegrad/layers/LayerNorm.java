package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * y = (x - mean) / sqrt(variance + eps) weight + bias, with the mean and the biased variance of
 * each example over the last dimensions.
 *
 * <p>Shapes: {@code [.., normalized] -> [.., normalized]}.
 *
 * <p>Source: Ba, Kiros and Hinton, "Layer normalization", 2016, <a
 * href="https://arxiv.org/abs/1607.06450">arXiv:1607.06450</a>.
 *
 * @param normalized the lengths of the dimensions that are normalised together
 * @param weight of that shape; null for none
 * @param bias of that shape; null for none
 * @param eps PyTorch's default is 1e-5
 */
public record LayerNorm(
    Shape normalized, @Nullable Parameter weight, @Nullable Parameter bias, double eps)
    implements Layer {
  private static final double EPS = 1e-5;

  /**
   * A layer of given parameters.
   *
   * @throws ShapeException if shapes do not fit or there are no dimensions
   * @throws DTypeException if parameters have not one dtype, float32 or float64
   * @throws IllegalArgumentException if eps is negative or not finite
   */
  public LayerNorm {
    Require.present("layerNorm", "normalized", normalized);
    Normalizing.check("layerNorm", normalized, weight, bias, eps);
  }

  /** A float32 layer; the weight begins as ones, the bias as zeros. */
  public LayerNorm(int... normalized) {
    this(DType.FLOAT32, normalized);
  }

  /** A layer whose weight begins as ones and whose bias begins as zeros. */
  public LayerNorm(DType dtype, int... normalized) {
    this(
        Shape.of(
            Require.lengths(
                "layerNorm",
                dtype,
                "dimensions to normalise",
                Require.present("layerNorm", "normalized", normalized))),
        Normalizing.ones(dtype, normalized),
        Normalizing.zeros(dtype, normalized),
        EPS);
  }

  /** The same layer with another eps. */
  public LayerNorm eps(double eps) {
    return new LayerNorm(normalized, weight, bias, eps);
  }

  /** The same layer without weight and bias. */
  public LayerNorm withoutParameters() {
    return new LayerNorm(normalized, null, null, eps);
  }

  /**
   * The normalised input.
   *
   * @throws ShapeException if it does not end in the normalised dimensions
   */
  @Override
  public Tensor forward(Tensor x) {
    int rank = x.rank();
    int first = rank - normalized.rank();
    boolean fits =
        first >= 0
            && Arrays.equals(
                Arrays.copyOfRange(x.shape().toArray(), first, rank), normalized.toArray());
    if (!fits) {
      throw new ShapeException(
          "layerNorm: takes a shape that ends in %s, not %s".formatted(normalized, x.shape()));
    }
    int[] axes = IntStream.range(first, rank).toArray();
    int[] dims = normalized.toArray();
    return Normalizing.apply(
        Normalizing.centred(x, eps, axes),
        Normalizing.aligned(weight, dims),
        Normalizing.aligned(bias, dims));
  }

  @Override
  public List<Parameter> ownParameters() {
    return Normalizing.parameters(weight, bias);
  }

  @Override
  public String toString() {
    return "LayerNorm[%s]".formatted(normalized);
  }
}
