package dev.lanegrad.optim;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Op;
import dev.lanegrad.autodiff.op.Saved;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * x times min(1, bound / (norm + 1e-6)), which is x itself where the norm is small, at no cost.
 *
 * <p>Shapes: x {@code s} and a norm, float64 {@code []}, to which no gradient flows, give {@code
 * s}.
 *
 * @param bound at least 0
 */
record Shrunk(double bound) implements Op {
  /** So that a norm of 0 can be divided by. */
  private static final double EPSILON = 1e-6;

  /** Factors below it are rounded too coarsely in float32. */
  private static final double SMALL = 0x1p-100;

  @Override
  public String name() {
    return "clipping";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    return List.of(inputs.getFirst());
  }

  @Override
  public List<Tensor> forward(Call call) {
    Tensor x = call.input(0);
    double factor = bound / (call.input(1).item() + EPSILON);
    if (factor >= 1) {
      return List.of(x);
    }
    return List.of(factor > 0 && factor < SMALL ? x.mul(SMALL).mul(factor / SMALL) : x.mul(factor));
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING.input(1);
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    return Arrays.asList(gradient == null ? null : applyTo(gradient, call.input(1)), null);
  }
}
