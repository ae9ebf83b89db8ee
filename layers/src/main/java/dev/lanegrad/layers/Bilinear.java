package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * y_k = a^T W_k b + c_k, bilinear in two inputs.
 *
 * <p>Shapes: {@code [.., in1], [.., in2] -> [.., out]} with equal leading dimensions; as a layer of
 * one input, that is taken for both.
 *
 * @param weight W, of shape [out, in1, in2]
 * @param bias c, of shape [out]; null for none
 */
public record Bilinear(Parameter weight, @Nullable Parameter bias) implements Layer {
  /**
   * A layer of given parameters.
   *
   * @throws ShapeException if the shapes are not [out, in1, in2] and [out]
   * @throws DTypeException if weight and bias have not one dtype
   */
  public Bilinear {
    Require.present("bilinear", "weight", weight);
    Shape shape = weight.shape();
    boolean fits =
        shape.rank() == 3
            && shape.size() > 0
            && (bias == null || bias.shape().equals(Shape.of(shape.dim(0))));
    if (!fits) {
      throw new ShapeException(
          "bilinear: takes a weight [out, in1, in2] and a bias [out], not %s and %s"
              .formatted(shape, bias == null ? "none" : bias.shape()));
    }
    Require.oneDtype("bilinear", weight, bias);
  }

  /** A float32 layer. */
  public Bilinear(int in1, int in2, int out, RandomGenerator random) {
    this(in1, in2, out, DType.FLOAT32, random);
  }

  /** A layer whose weight and bias are uniform between -1 / sqrt(in1) and 1 / sqrt(in1). */
  public Bilinear(int in1, int in2, int out, DType dtype, RandomGenerator random) {
    this(
        draw(
            "weight",
            in1,
            dtype,
            random,
            Require.lengths("bilinear", dtype, "a weight [out, in1, in2]", out, in1, in2)),
        draw("bias", in1, dtype, random, out));
  }

  private static Parameter draw(
      String name, int in1, DType dtype, RandomGenerator random, int... shape) {
    double range = 1 / Math.sqrt(in1);
    return Parameter.of(name, Initializer.uniform(-range, range).create(random, dtype, shape));
  }

  /** The output for one input taken twice. */
  @Override
  public Tensor forward(Tensor x) {
    return forward(Require.present("bilinear", "x", x), x);
  }

  /**
   * The output for two inputs.
   *
   * @throws ShapeException if the last dimensions are not in1 and in2, or the others differ
   */
  public Tensor forward(Tensor a, Tensor b) {
    int out = weight.shape().dim(0);
    int in1 = weight.shape().dim(1);
    int in2 = weight.shape().dim(2);
    boolean fits =
        a.rank() > 0
            && b.rank() == a.rank()
            && a.shape().dim(-1) == in1
            && b.shape().dim(-1) == in2
            && Arrays.equals(batch(a), batch(b));
    if (!fits) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "bilinear: takes [.., %d] and [.., %d], not %s and %s",
              in1,
              in2,
              a.shape(),
              b.shape()));
    }
    int count = Arrays.stream(batch(a)).reduce(1, (m, n) -> m * n);
    Tensor rows = weight.tensor().permute(1, 0, 2).reshape(in1, out * in2);
    Tensor products = a.reshape(count, in1).matmul(rows).reshape(count, out, in2);
    Tensor y = products.matmul(b.reshape(count, in2, 1)).squeeze(-1);
    int[] shape = a.shape().toArray();
    shape[shape.length - 1] = out;
    return (bias == null ? y : y.add(bias.tensor())).reshape(shape);
  }

  private static int[] batch(Tensor x) {
    return Arrays.copyOf(x.shape().toArray(), x.rank() - 1);
  }

  @Override
  public List<Parameter> ownParameters() {
    return bias == null ? List.of(weight) : List.of(weight, bias);
  }

  @Override
  public String toString() {
    Shape shape = weight.shape();
    return String.format(
        Locale.ROOT, "Bilinear[in1=%d, in2=%d, out=%d]", shape.dim(1), shape.dim(2), shape.dim(0));
  }
}
