package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.internal.kernel.FoldLoop;
import dev.lanegrad.autodiff.internal.kernel.MatMulLoop;
import dev.lanegrad.autodiff.internal.kernel.Operand;
import dev.lanegrad.autodiff.internal.memory.Layout;
import dev.lanegrad.autodiff.internal.memory.Runs;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The matrix product c[i, j] = sum over k of a[i, k] b[k, j], each element one chain of fused
 * multiply-adds in the order of k.
 *
 * <p>Shapes: [.., n, k] x [.., k, m] -> [.., n, m] with equal leading dimensions. Transposed views
 * are read as they lie. {@link #of} also takes vectors and broadcasts leading dimensions.
 */
public record MatMul() implements Op {
  private static final Formula PRODUCT = Formula.input(0).mul(Formula.input(1));

  /**
   * NumPy's {@code matmul}: a vector on the left is taken as a row, one on the right as a column,
   * and the added dimension is dropped again; leading dimensions broadcast.
   */
  public static Tensor of(Tensor a, Tensor b) {
    if (a.rank() == 0 || b.rank() == 0) {
      throw new ShapeException(
          "matmul: takes vectors and matrices: %s"
              .formatted(Shape.join(List.of(a.shape(), b.shape()))));
    }
    if (a.rank() == 1) {
      return b.rank() == 1
          ? of(a.unsqueeze(0), b.unsqueeze(1)).reshape()
          : of(a.unsqueeze(0), b).squeeze(-2);
    }
    if (b.rank() == 1) {
      return of(a, b.unsqueeze(1)).squeeze(-1);
    }
    checkInner(a.shape(), b.shape());
    Shape batch = Shape.broadcast("matmul", List.of(batch(a.shape()), batch(b.shape())));
    return new MatMul().applyTo(a.expand(joined(batch, a)), b.expand(joined(batch, b)));
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
      throw new ShapeException(
          "matmul: inner dimensions differ: %s (%d against %d)"
              .formatted(Shape.join(List.of(a, b)), a.dim(-1), b.dim(-2)));
    }
  }

  @Override
  public String name() {
    return "matmul";
  }

  @Override
  public List<TensorType> infer(List<Tensor> inputs) {
    Checks.inputs(name(), 2, inputs);
    Shape a = inputs.get(0).shape();
    Shape b = inputs.get(1).shape();
    if (a.rank() < 2 || b.rank() < 2 || !batch(a).equals(batch(b))) {
      throw new ShapeException(
          "matmul: takes two matrices, or stacks of as many: %s"
              .formatted(Shape.join(List.of(a, b))));
    }
    checkInner(a, b);
    Shape shape = joined(batch(a), a.dim(-2), b.dim(-1));
    return List.of(new TensorType(Checks.floating(name(), inputs), shape));
  }

  @Override
  public List<Tensor> forward(Call call) {
    Tensor a = call.input(0);
    Tensor b = call.input(1);
    Tensor c = Views.allocate(call.type(0));
    Layout left = Views.layout(a);
    Layout right = Views.layout(b);
    int rank = a.rank();
    int rows = a.shape().dim(-2);
    int inner = a.shape().dim(-1);
    int columns = b.shape().dim(-1);
    if (columns == 1) {
      foldProduct(Views.operand(a), Views.operand(b), inner, c);
      return List.of(c);
    }
    if (rows == 1) {
      foldProduct(transposed(Views.operand(b)), transposed(Views.operand(a)), inner, c);
      return List.of(c);
    }
    int[] leftSteps = Arrays.copyOfRange(left.strides(), rank - 2, rank);
    int[] rightSteps = Arrays.copyOfRange(right.strides(), rank - 2, rank);
    Runs.forEach(
        Arrays.copyOf(a.shape().toArray(), rank - 2),
        new int[][] {left.strides(), right.strides(), Views.layout(c).strides()},
        new int[] {left.offset(), right.offset(), 0},
        at ->
            MatMulLoop.run(
                c.dtype(),
                new Operand(Views.array(a), at[0], leftSteps),
                new Operand(Views.array(b), at[1], rightSteps),
                Views.array(c),
                at[2],
                rows,
                inner,
                columns,
                MatMulLoop.Epilogue.NONE));
    return List.of(c);
  }

  /**
   * A matrix times a vector as a fold of products, along whichever dimension of the matrix lies
   * together in memory.
   *
   * @param matrix of strides [.., row, k]
   * @param vector of strides [.., k, any]
   */
  private static void foldProduct(Operand matrix, Operand vector, int inner, Tensor result) {
    int[] dims = result.shape().toArray();
    int rank = dims.length;
    int[] factors = vector.strides().clone();
    factors[rank - 1] = factors[rank - 2];
    factors[rank - 2] = 0;
    Operand repeated = new Operand(vector.array(), vector.offset(), factors);
    boolean inOrder = matrix.strides()[rank - 1] <= matrix.strides()[rank - 2];
    dims[rank - 2] *= dims[rank - 1];
    dims[rank - 1] = inner;
    if (!inOrder) {
      dims[rank - 1] = dims[rank - 2];
      dims[rank - 2] = inner;
    }
    boolean[] folded = new boolean[rank];
    folded[inOrder ? rank - 1 : rank - 2] = true;
    FoldLoop.run(
        Reduction.SUM,
        PRODUCT,
        result.dtype(),
        dims,
        folded,
        inOrder ? List.of(matrix, repeated) : List.of(transposed(matrix), transposed(repeated)),
        Views.array(result));
  }

  private static Operand transposed(Operand matrix) {
    int[] strides = matrix.strides().clone();
    int last = strides.length - 1;
    strides[last] = matrix.strides()[last - 1];
    strides[last - 1] = matrix.strides()[last];
    return new Operand(matrix.array(), matrix.offset(), strides);
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    if (gradient == null) {
      return Gradient.of(null, null);
    }
    return Gradient.of(
        call.needsGradient(0) ? applyTo(gradient, call.input(1).transpose()) : null,
        call.needsGradient(1) ? rightGradient(call.input(0), call.input(1), gradient) : null);
  }

  /**
   * a^T g, in the order of elements that b has: a weight that is used transposed gets its gradient
   * as it lies itself. Both ways sum up the same products in the same order.
   */
  private Tensor rightGradient(Tensor a, Tensor b, Tensor gradient) {
    int[] strides = Views.layout(b).strides();
    int rank = strides.length;
    return strides[rank - 2] == 1 && strides[rank - 1] != 1
        ? applyTo(gradient.transpose(), a).transpose()
        : applyTo(a.transpose(), gradient);
  }
}
