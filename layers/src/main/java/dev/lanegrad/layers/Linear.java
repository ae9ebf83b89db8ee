package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.MatMul;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * y = x W^T + b.
 *
 * <p>Shapes: {@code [.., in] -> [.., out]}.
 *
 * @param weight W, of shape [out, in]
 * @param bias b, of shape [out]; null for none
 */
public record Linear(Parameter weight, @Nullable Parameter bias) implements FusesActivation {
  private static final String NAME = "linear";
  private static final String WEIGHT = "a weight [out, in]";

  /**
   * A layer of given parameters.
   *
   * @throws ShapeException if the shapes are not [out, in] and [out]
   * @throws DTypeException if weight and bias have not one dtype
   */
  public Linear {
    Shape shape = weight.shape();
    boolean fits =
        shape.rank() == 2 && (bias == null || bias.shape().equals(Shape.of(shape.dim(0))));
    if (!fits) {
      throw new ShapeException(
          "linear: takes a weight [out, in] and a bias [out], not %s and %s"
              .formatted(shape, bias == null ? "none" : bias.shape()));
    }
    Require.lengths(NAME, WEIGHT, shape.toArray());
    Require.oneDtype(NAME, weight, bias);
  }

  /**
   * A float32 layer that starts from other numbers each time.
   *
   * @throws ShapeException if a length is less than 1
   */
  public Linear(int in, int out) {
    this(in, out, RandomGenerator.getDefault());
  }

  /** A float32 layer; equal generators give equal layers. */
  public Linear(int in, int out, RandomGenerator random) {
    this(in, out, DType.FLOAT32, random);
  }

  /**
   * A layer whose weight and bias are uniform between -1 / sqrt(in) and 1 / sqrt(in): PyTorch's
   * default, which is {@link Initializer#kaimingUniform} with a slope of sqrt(5).
   */
  public Linear(int in, int out, DType dtype, RandomGenerator random) {
    this(in, out, dtype, random, Initializer.kaimingUniform(Math.sqrt(5)), upToInverseRoot(in));
  }

  private static Initializer upToInverseRoot(int in) {
    double range = 1 / Math.sqrt(Math.max(in, 1));
    return Initializer.uniform(-range, range);
  }

  /** A layer whose weight is drawn first, then its bias. */
  public Linear(
      int in, int out, DType dtype, RandomGenerator random, Initializer weight, Initializer bias) {
    this(
        Parameter.of(
            "weight",
            weight.create(
                Require.present(NAME, "random", random),
                dtype,
                Require.lengths(NAME, dtype, WEIGHT, out, in))),
        Parameter.of("bias", bias.create(random, dtype, out)));
  }

  /** A float32 layer y = x W^T. */
  public static Linear withoutBias(int in, int out, RandomGenerator random) {
    Require.lengths(NAME, WEIGHT, out, in);
    Initializer initializer = Initializer.kaimingUniform(Math.sqrt(5));
    return new Linear(
        Parameter.of("weight", initializer.create(random, DType.FLOAT32, out, in)), null);
  }

  /** The length of an input. */
  public int in() {
    return weight.shape().dim(1);
  }

  /** The length of an output. */
  public int out() {
    return weight.shape().dim(0);
  }

  /**
   * The activation of the outputs of a batch of any rank, or of one input.
   *
   * @throws ShapeException if the last dimension is not {@link #in()}
   */
  @Override
  public Tensor forward(Tensor x, Formula activation) {
    Require.present("linear", "activation", activation);
    Shape shape = x.shape();
    if (shape.rank() == 0 || shape.dim(-1) != in()) {
      throw new ShapeException(
          String.format(Locale.ROOT, "linear: takes [.., %d], not %s", in(), shape));
    }
    Tensor shift = bias == null ? null : bias.tensor();
    if (shape.rank() == 2) {
      return MatMul.linear(x, weight.tensor(), shift, activation);
    }
    int[] dims = shape.toArray();
    dims[dims.length - 1] = out();
    int count = Arrays.stream(dims, 0, dims.length - 1).reduce(1, (a, b) -> a * b);
    return MatMul.linear(x.reshape(count, in()), weight.tensor(), shift, activation).reshape(dims);
  }

  @Override
  public List<Parameter> ownParameters() {
    return bias == null ? List.of(weight) : List.of(weight, bias);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "Linear[in=%d, out=%d%s]", in(), out(), bias == null ? ", no bias" : "");
  }
}
