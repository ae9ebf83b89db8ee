package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Outputs;
import dev.lanegrad.autodiff.op.PrimitiveOp;
import dev.lanegrad.autodiff.op.Saved;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The determinant, by Gaussian elimination in double precision.
 *
 * <p>Shapes: [n, n] -> []; 1 for n = 0.
 */
public record Determinant() implements PrimitiveOp {
  @Override
  public String name() {
    return "determinant";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), 1, inputs);
    Checks.square(name(), inputs.getFirst().shape());
    return List.of(new TensorType(Checks.floating(name(), inputs), Shape.SCALAR));
  }

  @Override
  public void compute(Call call, Outputs outputs) {
    outputs.set(0, Elimination.of(call.input(0)).determinant());
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING.input(0);
  }

  /** The gradient times the matrix of cofactors, which exists for singular matrices as well. */
  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    return Gradient.of(
        gradient == null ? null : new DeterminantSlope().applyTo(call.input(0)).mul(gradient));
  }
}
