package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Outputs;
import dev.lanegrad.autodiff.op.PrimitiveOp;
import dev.lanegrad.autodiff.op.Saved;
import java.util.Arrays;
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
public record CumSum(int axis, boolean reverse) implements PrimitiveOp {
  @Override
  public String name() {
    return "cumsum";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), 1, inputs);
    Checks.axis(name(), inputs.getFirst().shape(), axis);
    return List.of(new TensorType(Checks.floating(name(), inputs), inputs.getFirst().shape()));
  }

  @Override
  public void compute(Call call, Outputs outputs) {
    Tensor packed = Views.contiguous(call.input(0));
    int offset = Views.layout(packed).offset();
    Tensor output = outputs.get(0);
    Axis along = Axis.of(output.shape(), axis);
    int step = reverse ? -along.inner() : along.inner();
    for (int i = 0; i < along.outer() && along.length() > 0; i++) {
      int first = (i * along.length() + (reverse ? along.length() - 1 : 0)) * along.inner();
      if (Views.array(packed) instanceof double[] from) {
        double[] to = (double[]) Views.array(output);
        DoubleCumSum.add(from, offset + first, to, first, step, along);
      } else {
        float[] from = (float[]) Views.array(packed);
        float[] to = (float[]) Views.array(output);
        if (along.length() > LongChains.SHORT) {
          addWide(from, offset + first, to, first, step, along);
        } else {
          FloatCumSum.add(from, offset + first, to, first, step, along);
        }
      }
    }
  }

  private static void addWide(
      float[] from, int start, float[] to, int first, int step, Axis along) {
    if (along.inner() == 1) {
      double sum = -0.0;
      for (int k = 0; k < along.length(); k++) {
        sum += from[start + k * step];
        to[first + k * step] = (float) sum;
      }
      return;
    }
    double[] sums = new double[along.inner()];
    Arrays.fill(sums, -0.0); // the first sum is the first element, if that is -0, too
    for (int k = 0; k < along.length(); k++) {
      int row = start + k * step;
      int at = first + k * step;
      for (int j = 0; j < sums.length; j++) {
        sums[j] += from[row + j];
        to[at + j] = (float) sums[j];
      }
    }
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING;
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    return Gradient.of(gradient == null ? null : new CumSum(axis, !reverse).applyTo(gradient));
  }
}
