package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.formula.Formula;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The singular value decomposition A = U diag(s) V^T of a small matrix, values falling, by
 * one-sided Jacobi rotations in double precision.
 *
 * <p>Shapes: [n, m] with n >= m gives U [n, m], s [m] and V [m, m]. Gradients of every order, where
 * the singular values differ.
 */
public record SingularValues() implements Op {
  private static final Formula X = Formula.input(0);

  /** 1 / x, and 0 at 0. */
  private static final Elementwise INVERSE =
      Elementwise.of(
          X.equal(0).select(Formula.ZERO, X.equal(0).select(Formula.ONE, X).reciprocal()));

  @Override
  public String name() {
    return "svd";
  }

  @Override
  public List<TensorType> infer(List<Tensor> inputs) {
    Checks.inputs(name(), 1, inputs);
    var dtype = Checks.floating(name(), inputs);
    Shape shape = inputs.getFirst().shape();
    if (shape.rank() != 2 || shape.dim(0) < shape.dim(1)) {
      throw new ShapeException(
          "svd: takes a matrix with at least as many rows as columns, not %s; transpose it"
              .formatted(shape));
    }
    int m = shape.dim(1);
    return List.of(
        new TensorType(dtype, shape),
        new TensorType(dtype, Shape.of(m)),
        new TensorType(dtype, Shape.of(m, m)));
  }

  @Override
  public List<Tensor> forward(Call call) {
    Tensor a = call.input(0);
    JacobiRotations rotations = JacobiRotations.of(a);
    return List.of(
        Tensor.ofDoubles(a.dtype(), call.type(0).shape(), rotations.left()),
        Tensor.ofDoubles(a.dtype(), call.type(1).shape(), rotations.values()),
        Tensor.ofDoubles(a.dtype(), call.type(2).shape(), rotations.right()));
  }

  /**
   * With gradients gU, gs, gV and F[i, j] = 1 / (s[j]^2 - s[i]^2) off the diagonal: U (diag(gs) +
   * (F (U^T gU - gU^T U)) S + S (F (V^T gV - gV^T V))) V^T + (I - U U^T) gU S^-1 V^T, products with
   * F by element (Townsend, "Differentiating the singular value decomposition", 2016). Equal
   * singular values have no derivative of U and V; what would be 1 / 0 is left out.
   */
  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor u = call.output(0);
    Tensor s = call.output(1);
    Tensor v = call.output(2);
    Tensor ofU = gradients.get(0);
    Tensor ofValues = gradients.get(1);
    Tensor ofV = gradients.get(2);
    Tensor column = s.unsqueeze(1);
    Tensor core = Tensor.zeros(s.dtype(), s.size(), s.size());
    if (ofValues != null) {
      core = core.add(Tensor.eye(s.dtype(), s.size()).mul(ofValues));
    }
    if (ofU != null) {
      core = core.add(twist(u, ofU).mul(inverseGaps(s)).mul(s));
    }
    if (ofV != null) {
      core = core.add(twist(v, ofV).mul(inverseGaps(s)).mul(column));
    }
    Tensor left = u.matmul(core);
    if (ofU != null) {
      Tensor outside = ofU.sub(u.matmul(u.transpose().matmul(ofU)));
      left = left.add(outside.mul(INVERSE.applyTo(s)));
    }
    return Gradient.of(left.matmul(v.transpose()));
  }

  /** Q^T G - G^T Q. */
  private static Tensor twist(Tensor q, Tensor gradient) {
    Tensor product = q.transpose().matmul(gradient);
    return product.sub(product.transpose());
  }

  /** 1 / (s[j]^2 - s[i]^2), and 0 where that is 1 / 0. */
  private static Tensor inverseGaps(Tensor s) {
    Tensor squares = s.square();
    return INVERSE.applyTo(squares.unsqueeze(0).sub(squares.unsqueeze(1)));
  }
}
