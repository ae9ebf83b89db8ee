package dev.lanegrad.optim;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Op;
import dev.lanegrad.autodiff.op.Saved;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tensors times min(1, bound / (norm + 1e-6)), which are the tensors themselves where the norm is
 * small, at no cost.
 *
 * <p>Shapes: a norm, float64 {@code []}, to which no gradient flows, and tensors {@code s, t ..}
 * give {@code s, t ..}.
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
    return inputs.subList(1, inputs.size());
  }

  @Override
  public List<Tensor> forward(Call call) {
    double factor = bound / (call.input(0).item() + EPSILON);
    List<Tensor> results = new ArrayList<>(call.inputs() - 1);
    for (int i = 1; i < call.inputs(); i++) {
      Tensor x = call.input(i);
      results.add(factor >= 1 ? x : product(x, factor));
    }
    return results;
  }

  private static Tensor product(Tensor x, double factor) {
    return factor > 0 && factor < SMALL ? x.mul(SMALL).mul(factor / SMALL) : x.mul(factor);
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING.input(0);
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    @Nullable Tensor[] results = new Tensor[call.inputs()];
    for (int i = 1; i < results.length; i++) {
      Tensor gradient = gradients.get(i - 1);
      results[i] = gradient == null ? null : applyTo(call.input(0), gradient);
    }
    return Arrays.asList(results);
  }
}
