package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Saved;
import dev.lanegrad.autodiff.op.ViewOp;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Every {@code step}-th element along one axis, as a view.
 *
 * @param axis from 0 to rank - 1
 * @param start the first index
 * @param length how many elements
 * @param step from one to the next; may be negative, not 0
 */
public record Slice(int axis, int start, int length, int step) implements ViewOp {
  @Override
  public String name() {
    return "slice";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), 1, inputs);
    TensorType x = inputs.getFirst();
    Checks.axis(name(), x.shape(), axis);
    int available = x.shape().dim(axis);
    long last = start + (long) (length - 1) * step;
    boolean outside =
        length < 0
            || step == 0
            || (length > 0 && (start < 0 || start >= available || last < 0 || last >= available));
    if (outside) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "slice: %d elements from index %d with step %d do not lie in axis %d of shape %s",
              length,
              start,
              step,
              axis,
              x.shape()));
    }
    int[] dims = x.shape().toArray();
    dims[axis] = length;
    return List.of(new TensorType(x.dtype(), Shape.of(dims)));
  }

  @Override
  public List<Tensor> forward(Call call) {
    Tensor x = call.input(0);
    return List.of(Views.view(x, Views.layout(x).slice(axis, start, length, step)));
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING;
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    if (gradient == null) {
      return Gradient.of(gradient);
    }
    int whole = call.inputType(0).shape().dim(axis);
    return Gradient.of(new Unslice(axis, start, step, whole).applyTo(gradient));
  }
}
