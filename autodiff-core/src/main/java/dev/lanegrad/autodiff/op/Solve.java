package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.LinearAlgebraException;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The solution X of A X = B by Gaussian elimination with partial pivoting, in double precision.
 *
 * <p>Shapes: [n, n] x [n, m] -> [n, m].
 */
public record Solve() implements Op {
  @Override
  public String name() {
    return "solve";
  }

  @Override
  public List<TensorType> infer(List<Tensor> inputs) {
    Checks.inputs(name(), 2, inputs);
    Shape a = inputs.get(0).shape();
    Shape b = inputs.get(1).shape();
    Checks.square(name(), a);
    if (b.rank() != 2 || b.dim(0) != a.dim(0)) {
      throw new ShapeException(
          "solve: the right side must be a matrix of as many rows: %s"
              .formatted(Shape.join(List.of(a, b))));
    }
    return List.of(new TensorType(Checks.floating(name(), inputs), b));
  }

  /**
   * Solves.
   *
   * @throws LinearAlgebraException if a pivot is 0
   */
  @Override
  public List<Tensor> forward(Call call) {
    Tensor a = call.input(0);
    Tensor b = call.input(1);
    Elimination elimination = Elimination.of(a);
    if (elimination.isSingular()) {
      throw new LinearAlgebraException(
          "solve: matrix of shape %s is singular".formatted(a.shape()));
    }
    double[] x = elimination.solve(b.toDoubleArray(), b.shape().dim(1));
    return List.of(Tensor.ofDoubles(b.dtype(), b.shape(), x));
  }

  /** With H = solve(A^T, G): H for B, and -H X^T for A. */
  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    if (gradient == null) {
      return Gradient.of(null, null);
    }
    Tensor ofB = applyTo(call.input(0).transpose(), gradient);
    return Gradient.of(
        call.needsGradient(0) ? ofB.matmul(call.output(0).transpose()).neg() : null, ofB);
  }
}
