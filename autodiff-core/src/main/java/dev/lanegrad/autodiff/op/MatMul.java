package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.internal.Apart;
import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.graph.Dispatch;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.kernel.arrays.Finish;
import dev.lanegrad.autodiff.internal.op.Epilogue;
import dev.lanegrad.autodiff.internal.types.Checks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The matrix product c[i, j] = sum over k of a[i, k] b[k, j], each element one chain of fused
 * multiply-adds in the order of k; or, with an epilogue f, f(c, v...) of the product and vectors
 * along its rows, in one pass. The error of a chain grows with its length, to k / 2^24 of the sum
 * of |a||b| at most in float32.
 *
 * <p>With a single column each element is sixteen such chains, chain l over the k that leave the
 * rest l when divided by 16, then added: chain l + 8 to l, then l + 4, l + 2 and l + 1. So a row of
 * the product has the same bits alone and among others, however the operands lie in memory.
 *
 * <p>Shapes: [.., n, k] x [.., k, m] -> [.., n, m] with equal leading dimensions, and any number of
 * vectors [m]. Transposed views are read as they lie. {@link #of} also takes vectors and broadcasts
 * leading dimensions.
 *
 * @param leftTransposed whether the first input is [.., k, n]
 * @param rightTransposed whether the second input is [.., m, k]
 * @param epilogue f, of the product as input 0 and the vectors as inputs 1, 2 and so on
 */
public record MatMul(boolean leftTransposed, boolean rightTransposed, Formula epilogue)
    implements PrimitiveOp {
  private static final Formula PRODUCT_ITSELF = Epilogue.NONE.formula();
  private static final MatMul PLAIN = new MatMul(PRODUCT_ITSELF);

  public MatMul {
    Present.of("matmul", "epilogue", epilogue);
  }

  /** The product itself. */
  public MatMul() {
    this(PRODUCT_ITSELF);
  }

  /** A function of the product of two inputs as they are. */
  public MatMul(Formula epilogue) {
    this(false, false, epilogue);
  }

  private MatMul(boolean leftTransposed, boolean rightTransposed) {
    this(leftTransposed, rightTransposed, PRODUCT_ITSELF);
  }

  /**
   * NumPy's {@code matmul}: a vector on the left is taken as a row, one on the right as a column,
   * and the added dimension is dropped again; leading dimensions broadcast.
   *
   * <p>Shapes: {@code [.., n, k], [.., k, m] -> [.., n, m]}.
   *
   * @throws ShapeException if one is a scalar, or inner or leading dimensions do not fit
   */
  public static Tensor of(Tensor a, Tensor b) {
    if (a.rank() == 2 && b.rank() == 2) {
      return PLAIN.applyTo(a, b);
    }
    if (a.rank() == 0 || b.rank() == 0) {
      throw new ShapeException(
          "matmul: takes vectors and matrices: %s"
              .formatted(Shape.join(List.of(a.shape(), b.shape()))));
    }
    if (a.shape().dim(-1) != b.shape().dim(b.rank() == 1 ? 0 : -2)) {
      throw innerDimensionsDiffer(a.shape(), b.shape());
    }
    if (a.rank() == 1) {
      return b.rank() == 1
          ? of(a.unsqueeze(0), b.unsqueeze(1)).reshape()
          : of(a.unsqueeze(0), b).squeeze(-2);
    }
    if (b.rank() == 1) {
      return of(a, b.unsqueeze(1)).squeeze(-1);
    }
    if (b.rank() == 2) {
      Shape result = joined(batch(a.shape()), a.shape().dim(-2), b.shape().dim(-1));
      int rows = Shape.of(Arrays.copyOf(a.shape().toArray(), a.rank() - 1)).size();
      return PLAIN.applyTo(a.reshape(rows, a.shape().dim(-1)), b).reshape(result.toArray());
    }
    Shape batch = Shape.broadcast("matmul", List.of(batch(a.shape()), batch(b.shape())));
    return PLAIN.applyTo(a.expand(joined(batch, a)), b.expand(joined(batch, b)));
  }

  /**
   * A function of the product of two matrices and of vectors along its rows, such as a bias and an
   * activation: in one pass where nothing is recorded or the reverse rule can do without the
   * product itself, as it can for sums and ReLU, else in two.
   *
   * <p>Shapes: [n, k] x [k, m], vectors [m] -> [n, m].
   *
   * @throws ShapeException if inner dimensions differ
   */
  public static Tensor of(Tensor a, Tensor b, Formula epilogue, Tensor... vectors) {
    Present.all("matmul", "vectors", vectors);
    if (a.rank() != 2 || b.rank() != 2) {
      return Epilogue.of(epilogue).of(of(a, b), vectors);
    }
    return new MatMul(epilogue).inOnePassOrTwo(a, b, vectors);
  }

  private Tensor inOnePassOrTwo(Tensor a, Tensor b, Tensor... vectors) {
    Op plain = new MatMul(leftTransposed, rightTransposed);
    return Epilogue.of(epilogue).inOnePassOrTwo(this, plain, List.of(a, b), vectors);
  }

  /**
   * f(x W^T + b), as layers compute it; see {@link #of(Tensor, Tensor, Formula, Tensor...)}.
   *
   * <p>Shapes: [n, in], [out, in], [out] -> [n, out].
   *
   * @param bias b, or null for none
   * @param activation f, of input 0
   */
  public static Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias, Formula activation) {
    Present.of("linear", "x", x);
    Present.of("linear", "weight", weight);
    Present.of("linear", "activation", activation);
    Formula epilogue = bias == null ? activation : Epilogue.afterBias(activation).formula();
    Tensor[] vectors = bias == null ? new Tensor[0] : new Tensor[] {bias};
    return Apart.get(() -> new MatMul(false, true, epilogue).inOnePassOrTwo(x, weight, vectors));
  }

  private static Shape batch(Shape shape) {
    return Shape.of(Arrays.copyOf(shape.toArray(), shape.rank() - 2));
  }

  private static Shape joined(Shape batch, Tensor matrix) {
    return joined(batch, matrix.shape().dim(-2), matrix.shape().dim(-1));
  }

  private static Shape joined(Shape batch, int rows, int columns) {
    int[] dims = Arrays.copyOf(batch.toArray(), batch.rank() + 2);
    dims[batch.rank()] = rows;
    dims[batch.rank() + 1] = columns;
    return Shape.of(dims);
  }

  private static void checkInner(Shape a, Shape b) {
    if (a.dim(-1) != b.dim(-2)) {
      throw innerDimensionsDiffer(a, b);
    }
  }

  private static ShapeException innerDimensionsDiffer(Shape a, Shape b) {
    return new ShapeException(
        String.format(
            Locale.ROOT,
            "matmul: inner dimensions differ: %s (%d against %d)",
            Shape.join(List.of(a, b)),
            a.dim(-1),
            b.dim(b.rank() == 1 ? 0 : -2)));
  }

  @Override
  public String name() {
    return "matmul";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), Math.max(2, epilogue.inputs() + 1), inputs);
    Shape a = shape(inputs.get(0), leftTransposed);
    Shape b = shape(inputs.get(1), rightTransposed);
    boolean matrices = a.rank() == 2 && b.rank() == 2;
    if (!matrices && (a.rank() < 2 || b.rank() < 2 || !batch(a).equals(batch(b)))) {
      throw new ShapeException(
          "matmul: takes two matrices, or stacks of as many: %s"
              .formatted(Shape.join(List.of(a, b))));
    }
    checkInner(a, b);
    if (matrices && inputs.size() == 2) {
      Shape product = Shape.of(a.dim(0), b.dim(1));
      return List.of(new TensorType(Checks.floating(name(), inputs), product));
    }
    for (TensorType vector : inputs.subList(2, inputs.size())) {
      if (vector.rank() != 1 || vector.shape().dim(0) != b.dim(-1)) {
        throw new ShapeException(
            String.format(
                Locale.ROOT,
                "matmul: a vector along the rows of %s x %s has shape [%d], not %s",
                a,
                b,
                b.dim(-1),
                vector.shape()));
      }
    }
    Shape shape = joined(matrices ? Shape.of() : batch(a), a.dim(-2), b.dim(-1));
    return List.of(new TensorType(Checks.floating(name(), inputs), shape));
  }

  /** Of the matrix that is multiplied. */
  private static Shape shape(TensorType matrix, boolean transposed) {
    Shape shape = matrix.shape();
    if (!transposed || shape.rank() < 2) {
      return shape;
    }
    return joined(batch(shape), shape.dim(-1), shape.dim(-2));
  }

  @Override
  public List<Tensor> apply(List<Tensor> inputs) {
    return Dispatch.run(this, inputs, tensors -> ProductPlan.of(this, tensors));
  }

  @Override
  public void compute(Call call, Outputs outputs) {
    List<Tensor> inputs = Views.inputs(call);
    ProductPlan.of(this, inputs).run(inputs, outputs.get(0));
  }

  /** What is done with rows of the product as soon as they are there. */
  Finish finish(List<Tensor> inputs, Tensor c) {
    if (inputs.size() == 2 && epilogue.equals(PRODUCT_ITSELF)) {
      return Finish.NONE;
    }
    List<Tensor> vectors = new ArrayList<>();
    for (Tensor vector : inputs.subList(2, inputs.size())) {
      vectors.add(Views.contiguous(vector));
    }
    return Epilogue.of(epilogue).over(c, c.shape().dim(-1), vectors);
  }

  @Override
  public Saved saved(Call call) {
    Saved saved =
        Saved.NOTHING
            .inputIf(call.needsGradient(0) || call.needsGradient(1), 1) // how it lies counts too
            .inputIf(call.needsGradient(1), 0);
    return Epilogue.of(epilogue).saved(call, 2, saved);
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    @Nullable Tensor[] results = new Tensor[call.inputs()];
    Tensor gradient = gradients.getFirst();
    Epilogue function = Epilogue.of(epilogue);
    if (gradient != null && !function.isNone()) {
      List<@Nullable Tensor> inner = function.gradients(call, 2, gradient);
      for (int i = 1; i < inner.size(); i++) {
        results[i + 1] = inner.get(i);
      }
      gradient = inner.getFirst();
    }
    if (gradient != null && call.needsGradient(0)) {
      results[0] =
          leftTransposed
              ? new MatMul(rightTransposed, true).applyTo(call.input(1), gradient)
              : new MatMul(false, !rightTransposed).applyTo(gradient, call.input(1));
    }
    if (gradient != null && call.needsGradient(1)) {
      results[1] = rightGradient(call.input(0), call.input(1), gradient);
    }
    return Arrays.asList(results);
  }

  /** a^T g or its transpose, in the order of elements that a view of a transpose has. */
  private Tensor rightGradient(Tensor a, Tensor b, Tensor gradient) {
    MatMul turned = new MatMul(true, leftTransposed);
    if (rightTransposed) {
      return turned.applyTo(gradient, a);
    }
    int[] strides = Views.layout(b).strides();
    int rank = strides.length;
    return strides[rank - 2] == 1 && strides[rank - 1] != 1
        ? turned.applyTo(gradient, a).transpose()
        : new MatMul(!leftTransposed, false).applyTo(a, gradient);
  }
}
