package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Op;
import dev.lanegrad.autodiff.op.Saved;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Euclidean norm of several tensors taken as one vector, in doubles, from the sums of squares
 * that {@link dev.lanegrad.autodiff.internal.op.PowerSum} gives: finite wherever a double can hold
 * it.
 *
 * <p>Shapes: for each tensor a sum and the power of two by which its numbers were multiplied, all
 * of one element, give float64 {@code []}.
 */
record JoinedNorm() implements Op {
  @Override
  public String name() {
    return "norm";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    return List.of(new TensorType(DType.FLOAT64, Shape.SCALAR));
  }

  @Override
  public List<Tensor> forward(Call call) {
    int count = call.inputs() / 2;
    double[] sums = new double[count];
    double[] scales = new double[count];
    double smallest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      sums[i] = call.input(2 * i).item();
      scales[i] = call.input(2 * i + 1).item();
      smallest = sums[i] == 0 ? smallest : Math.min(smallest, scales[i]);
    }
    return List.of(Tensor.scalar(DType.FLOAT64, norm(sums, scales, smallest)));
  }

  /** As if all numbers had been multiplied by the smallest factor. */
  private static double norm(double[] sums, double[] scales, double smallest) {
    if (smallest == Double.POSITIVE_INFINITY) {
      return 0;
    }
    double[] parts = new double[sums.length];
    for (int i = 0; i < parts.length; i++) {
      double ratio = sums[i] == 0 ? 0 : smallest / scales[i];
      parts[i] = sums[i] * ratio * ratio;
    }
    return Math.sqrt(Arrays.stream(parts).sum()) / smallest;
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING;
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    return Collections.nCopies(call.inputs(), null);
  }
}
