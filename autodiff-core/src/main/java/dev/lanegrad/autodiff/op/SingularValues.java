package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.GradientException;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The singular value decomposition A = U diag(s) V^T of a small matrix, values falling, by
 * one-sided Jacobi rotations in double precision.
 *
 * <p>Shapes: [n, m] with n >= m gives U [n, m], s [m] and V [m, m]. The gradient flows through s,
 * once.
 */
public record SingularValues() implements Op {
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

  /** U diag(g) V^T. */
  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor ofValues = gradients.get(1);
    if (gradients.get(0) != null || gradients.get(2) != null) {
      throw new GradientException(
          "svd: the gradient flows through the singular values once, not through U and V");
    }
    if (ofValues == null) {
      return Gradient.of(ofValues);
    }
    Tensor u = call.output(0);
    Tensor v = call.output(2);
    return Gradient.of(u.mul(ofValues).matmul(v.transpose()));
  }
}
