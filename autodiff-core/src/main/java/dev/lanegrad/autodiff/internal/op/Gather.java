package dev.lanegrad.autodiff.internal.op;

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
    Indices indices = new Indices(call.input(1), axis);
    int length = x.shape().dim(axis);
    Tensor packed = Views.contiguous(x);
    int offset = Views.layout(packed).offset();
    if (indices.run() > 1) {
      copyRuns(Views.array(packed), offset, indices, length, Views.array(output));
    } else {
      pick(Views.array(packed), offset, indices, length, Views.array(output));
    }
  }

  @SuppressWarnings("SuspiciousSystemArraycopy") // both are arrays of the same kind
  private static void copyRuns(Object from, int offset, Indices indices, int length, Object to) {
    int run = indices.run();
    int at = 0;
    for (int row = 0; row < indices.outer(); row++) {
      Indices.Picks picks = indices.picks(row, length);
      for (int i = 0; i < indices.count(); i++) {
        System.arraycopy(from, offset + picks.run(i) * run, to, at, run);
        at += run;
      }
    }
  }

  private static void pick(Object from, int offset, Indices indices, int length, Object to) {
    switch (from) {
      case float[] v -> FloatGather.pick(v, offset, indices, length, (float[]) to);
      case double[] v -> DoubleGather.pick(v, offset, indices, length, (double[]) to);
      case int[] v -> IntGather.pick(v, offset, indices, length, (int[]) to);
      case boolean[] v -> BooleanGather.pick(v, offset, indices, length, (boolean[]) to);
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
