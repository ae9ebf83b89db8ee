package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.internal.op.PowerSum;
import dev.lanegrad.autodiff.op.Elementwise;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * y = x / sqrt(mean of x^2 + eps) weight, with the mean of each example over the last dimensions.
 *
 * <p>Shapes: {@code [.., normalized] -> [.., normalized]}.
 *
 * <p>Source: Zhang and Sennrich, "Root mean square layer normalization", 2019, <a
 * href="https://arxiv.org/abs/1910.07467">arXiv:1910.07467</a>.
 *
 * @param weight of the shape that is normalised
 * @param eps PyTorch's default is the distance from 1 to the next number of the dtype
 */
public record RMSNorm(Parameter weight, double eps) implements Layer {
  private static final Formula X = Formula.input(0);
  private static final Elementwise SCALE =
      Elementwise.of(X.mul(Formula.input(1).rsqrt()).mul(Formula.input(2)));

  /**
   * A layer of a given weight.
   *
   * @throws ShapeException if the weight has no element or is a scalar
   * @throws DTypeException if parameters have not one dtype, float32 or float64
   * @throws IllegalArgumentException if eps is negative or not finite
   */
  public RMSNorm {
    Require.present("rmsNorm", "weight", weight);
    Normalizing.check("rmsNorm", weight.shape(), weight, null, eps);
  }

  /** A float32 layer; the weight begins as ones. */
  public RMSNorm(int... normalized) {
    this(DType.FLOAT32, normalized);
  }

  /** A layer whose weight begins as ones. */
  public RMSNorm(DType dtype, int... normalized) {
    this(
        Normalizing.ones(
            dtype,
            Require.lengths(
                "rmsNorm",
                dtype,
                "dimensions to normalise",
                Require.present("rmsNorm", "normalized", normalized))),
        dtype == DType.FLOAT64 ? Math.ulp(1.0) : Math.ulp(1f));
  }

  /** The same layer with another eps. */
  public RMSNorm eps(double eps) {
    return new RMSNorm(weight, eps);
  }

  /**
   * The normalised input.
   *
   * @throws ShapeException if it does not end in the normalised dimensions
   */
  @Override
  public Tensor forward(Tensor x) {
    int rank = x.rank();
    int first = rank - weight.shape().rank();
    int[] axes = IntStream.range(Math.max(first, 0), rank).toArray();
    int[] normalized = Arrays.stream(axes).map(axis -> x.shape().dim(axis)).toArray();
    if (first < 0 || !Arrays.equals(normalized, weight.shape().toArray())) {
      throw new ShapeException(
          "rmsNorm: takes a shape that ends in %s, not %s".formatted(weight.shape(), x.shape()));
    }
    List<Tensor> sums = new PowerSum(2, axes, eps == 0).apply(List.of(x));
    Tensor denominator = Normalizing.denominator(sums.get(1), weight.size(), eps, sums.get(2));
    return SCALE.applyTo(sums.get(0), denominator, weight.tensor());
  }

  @Override
  public List<Parameter> ownParameters() {
    return List.of(weight);
  }

  @Override
  public String toString() {
    return "RMSNorm[%s]".formatted(weight.shape());
  }
}
