package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
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
public record ArgMax(int axis, boolean largest) implements Op {
  @Override
  public String name() {
    return largest ? "argmax" : "argmin";
  }

  @Override
  public List<TensorType> infer(List<Tensor> inputs) {
    Checks.inputs(name(), 1, inputs);
    Shape shape = inputs.getFirst().shape();
    Checks.nonEmpty(name(), shape, axis);
    return List.of(new TensorType(DType.INT32, Axis.without(shape, axis)));
  }

  @Override
  public List<Tensor> forward(Call call) {
    double[] values = call.input(0).toDoubleArray();
    Tensor output = Views.allocate(call.type(0));
    int[] indices = (int[]) Views.array(output);
    Axis along = Axis.of(call.input(0).shape(), axis);
    for (int i = 0; i < output.size(); i++) {
      int best = 0;
      for (int k = 1; k < along.length(); k++) {
        double candidate = values[along.index(i, k)];
        double leader = values[along.index(i, best)];
        boolean better = largest ? candidate > leader : candidate < leader;
        if (better || (Double.isNaN(candidate) && !Double.isNaN(leader))) {
          best = k;
        }
      }
      indices[i] = best;
    }
    return List.of(output);
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    return Gradient.of((Tensor) null);
  }
}
