package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Running sums along an axis: y[k] = x[0] + ... + x[k], added up in order, or from the end on.
 * Along an axis of more than 1,024 elements float32 is added up in float64, and each sum rounded.
 *
 * <p>Shapes: [.., n, ..] gives the same.
 *
 * @param axis from 0 to rank - 1
 * @param reverse whether y[k] = x[k] + ... + x[n - 1] instead
 */
public record CumSum(int axis, boolean reverse) implements Op {
  @Override
  public String name() {
    return "cumsum";
  }

  @Override
  public List<TensorType> infer(List<Tensor> inputs) {
    Checks.inputs(name(), 1, inputs);
    Checks.axis(name(), inputs.getFirst().shape(), axis);
    return List.of(new TensorType(Checks.floating(name(), inputs), inputs.getFirst().shape()));
  }

  @Override
  public List<Tensor> forward(Call call) {
    if (LongChains.areLong(call, call.type(0).shape().dim(axis))) {
      return LongChains.inFloat64(this, call);
    }
    Tensor output = Views.allocate(call.type(0));
    Views.copyInto(call.input(0), Views.array(output), 0);
    Axis along = Axis.of(output.shape(), axis);
    int step = reverse ? -1 : 1;
    int first = reverse ? along.length() - 1 : 0;
    for (int line = 0; line < along.lines() && along.length() > 0; line++) {
      accumulate(Views.array(output), along, line, first, step);
    }
    return List.of(output);
  }

  private static void accumulate(Object array, Axis along, int line, int first, int step) {
    for (int i = 1, k = first; i < along.length(); i++, k += step) {
      int from = along.index(line, k);
      int to = along.index(line, k + step);
      if (array instanceof float[] floats) {
        floats[to] += floats[from];
      } else {
        ((double[]) array)[to] += ((double[]) array)[from];
      }
    }
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    return Gradient.of(gradient == null ? null : new CumSum(axis, !reverse).applyTo(gradient));
  }
}
