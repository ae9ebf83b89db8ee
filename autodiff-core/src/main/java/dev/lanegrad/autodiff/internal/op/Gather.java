package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.kernel.threads.Workers;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Outputs;
import dev.lanegrad.autodiff.op.PrimitiveOp;
import dev.lanegrad.autodiff.op.Saved;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Picks elements along an axis: y[i, j] = x[i, index[i, j]] for axis 1 of a matrix, PyTorch's
 * {@code gather} and NumPy's {@code take_along_axis}.
 *
 * <p>Shapes: x [.., n, ..] and int32 indices [.., k, ..] give [.., k, ..].
 *
 * @param axis from 0 to rank - 1
 */
public record Gather(int axis) implements PrimitiveOp {
  @Override
  public String name() {
    return "gather";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), 2, inputs);
    TensorType x = inputs.get(0);
    Indices.checkType(name(), x.shape(), inputs.get(1), axis);
    return List.of(new TensorType(x.dtype(), inputs.get(1).shape()));
  }

  @Override
  public void compute(Call call, Outputs outputs) {
    Tensor x = call.input(0);
    Indices.checkRange(name(), x.shape(), call.input(1), axis);
    Tensor output = outputs.get(0);
    if (output.size() == 0) {
      return;
    }
    Indices indices = new Indices(call.input(1), axis);
    int length = x.shape().dim(axis);
    Tensor packed = Views.contiguous(x);
    Object from = Views.array(packed);
    int offset = Views.layout(packed).offset();
    Object to = Views.array(output);
    Workers.ranges(
        indices.outer() * indices.length(),
        (long) Views.MOVING * output.size(),
        (_, begin, end) -> {
          int last;
          for (int i = begin; i < end; i = last) {
            last = Math.min(end, (i / indices.length() + 1) * indices.length());
            pick(from, offset, indices.places(i, last - i, length), to);
          }
        });
  }

  private static void pick(Object from, int offset, Indices.Places places, Object to) {
    switch (from) {
      case float[] v -> FloatGather.pick(v, offset, places, (float[]) to);
      case double[] v -> DoubleGather.pick(v, offset, places, (double[]) to);
      case int[] v -> IntGather.pick(v, offset, places, (int[]) to);
      case boolean[] v -> BooleanGather.pick(v, offset, places, (boolean[]) to);
      default -> throw new AssertionError(from);
    }
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING.input(1);
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    if (gradient == null) {
      return Gradient.of(null, null);
    }
    int size = call.inputType(0).shape().dim(axis);
    return Gradient.of(new ScatterAdd(axis, size).applyTo(gradient, call.input(1)), null);
  }
}
