package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The determinant, by Gaussian elimination in double precision.
 *
 * <p>Shapes: [n, n] -> []; 1 for n = 0.
 */
public record Determinant() implements Op {
  @Override
  public String name() {
    return "determinant";
  }

  @Override
  public List<TensorType> infer(List<Tensor> inputs) {
    Checks.inputs(name(), 1, inputs);
    Checks.square(name(), inputs.getFirst().shape());
    return List.of(new TensorType(Checks.floating(name(), inputs), Shape.SCALAR));
  }

  @Override
  public List<Tensor> forward(Call call) {
    double value = Elimination.of(call.input(0)).determinant();
    return List.of(Tensor.scalar(call.type(0).dtype(), value));
  }

  /**
   * Jacobi's formula: g det(A) A^-T. For a singular matrix the same as the matrix of cofactors,
   * which exists always.
   */
  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    if (gradient == null || call.input(0).size() == 0) {
      return Gradient.of((Tensor) null);
    }
    Tensor a = call.input(0);
    boolean singular = Elimination.of(a).isSingular();
    Tensor slope = singular ? cofactors(a) : regularSlope(a, call.output(0));
    return Gradient.of(slope.mul(gradient));
  }

  private static Tensor regularSlope(Tensor a, Tensor determinant) {
    Tensor identity = Tensor.eye(a.dtype(), a.shape().dim(0));
    return new Solve().applyTo(a.transpose(), identity).mul(determinant);
  }

  private Tensor cofactors(Tensor a) {
    int n = a.shape().dim(0);
    List<Tensor> entries = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        Tensor minor = applyTo(without(without(a, 0, i), 1, j));
        entries.add((i + j) % 2 == 0 ? minor : minor.neg());
      }
    }
    return Tensor.stack(0, entries).reshape(n, n);
  }

  private static Tensor without(Tensor a, int axis, int index) {
    int length = a.shape().dim(axis);
    return Tensor.concat(axis, List.of(a.slice(axis, 0, index), a.slice(axis, index + 1, length)));
  }
}
