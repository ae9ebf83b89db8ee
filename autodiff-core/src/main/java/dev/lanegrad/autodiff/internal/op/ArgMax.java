package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.CompositeOp;
import dev.lanegrad.autodiff.op.Fold;
import dev.lanegrad.autodiff.op.Saved;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The index of the largest or smallest element along an axis, the first of equal ones; the first
 * NaN if there is one. No gradient flows through it.
 *
 * <p>Shapes: [.., n, ..] gives int32 [.., ..].
 *
 * @param axis from 0 to rank - 1
 * @param largest whether the largest is looked for, or the smallest
 */
public record ArgMax(int axis, boolean largest) implements CompositeOp {
  @Override
  public String name() {
    return largest ? "argmax" : "argmin";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), 1, inputs);
    Shape shape = inputs.getFirst().shape();
    Checks.nonEmpty(name(), shape, axis);
    return List.of(new TensorType(DType.INT32, Axis.without(shape, axis)));
  }

  /** Finds first the value, by a kernel, and then its place. */
  @Override
  public List<Tensor> forward(Call call) {
    Tensor x = call.input(0);
    x = x.dtype().isFloating() ? x : new Cast(DType.FLOAT64).applyTo(x);
    Reduction reduction = largest ? Reduction.MAX : Reduction.MIN;
    Tensor best = Fold.of(reduction, new int[] {axis}, false).applyTo(x);
    return new PlaceOf(axis).apply(List.of(x, best));
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING;
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    return Gradient.of((Tensor) null);
  }
}
