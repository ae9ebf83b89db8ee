package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.LinearAlgebraException;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Outputs;
import dev.lanegrad.autodiff.op.PrimitiveOp;
import dev.lanegrad.autodiff.op.Saved;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The solution X of A X = B, or of A^T X = B, by Gaussian elimination with partial pivoting, in
 * double precision.
 *
 * <p>Shapes: [n, n] x [n, m] -> [n, m].
 *
 * @param transposed whether it is A^T that is multiplied
 */
public record Solve(boolean transposed) implements PrimitiveOp {
  /** The solution of A X = B. */
  public Solve() {
    this(false);
  }

  @Override
  public String name() {
    return "solve";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
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
  public void compute(Call call, Outputs outputs) {
    Tensor b = call.input(1);
    outputs.set(0, solution(call.input(0), b.toDoubleArray(), b.shape().dim(1)));
  }

  /**
   * Rounding may make a pivot 0 for A and not for A^T. Where that is possible both are solved by
   * the elimination of A, so that a reverse rule accepts what the forward rule did.
   */
  private double[] solution(Tensor a, double[] b, int columns) {
    if (transposed) {
      Elimination own = Elimination.of(Views.transposed(a));
      if (!own.isDoubtful()) {
        return own.solve(b, columns);
      }
    }
    Elimination elimination = Elimination.of(a);
    if (elimination.isSingular()) {
      throw new LinearAlgebraException(
          "solve: matrix of shape %s is singular".formatted(a.shape()));
    }
    return transposed ? elimination.solveTransposed(b, columns) : elimination.solve(b, columns);
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING.input(0).output(0);
  }

  /** With H = solve(A^T, G): H for B, and -H X^T for A; the transpose of that if A^T was solved. */
  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    if (gradient == null) {
      return Gradient.of(null, null);
    }
    Tensor ofB = new Solve(!transposed).applyTo(call.input(0), gradient);
    Tensor left = transposed ? call.output(0) : ofB;
    Tensor right = transposed ? ofB : call.output(0);
    return Gradient.of(call.needsGradient(0) ? left.matmul(right.transpose()).neg() : null, ofB);
  }
}
