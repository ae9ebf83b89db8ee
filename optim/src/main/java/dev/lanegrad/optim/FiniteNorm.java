package dev.lanegrad.optim;

import dev.lanegrad.autodiff.GradientException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Op;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A check of a norm as an operation: it is made whenever its number is there.
 *
 * <p>Shapes: {@code []} gives nothing.
 */
record FiniteNorm() implements Op {
  @Override
  public String name() {
    return "clipping";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    return List.of();
  }

  /**
   * Looks at it.
   *
   * @throws GradientException if it is infinite or NaN
   */
  @Override
  public List<Tensor> forward(Call call) {
    double norm = call.input(0).item();
    if (!Double.isFinite(norm)) {
      throw new GradientException("clipping: the norm of the gradients is " + norm);
    }
    return List.of();
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    return Collections.singletonList(null);
  }
}
