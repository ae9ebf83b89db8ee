package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Outputs;
import dev.lanegrad.autodiff.op.PrimitiveOp;
import dev.lanegrad.autodiff.op.Saved;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The adjoint of {@link Slice}: elements put back to where they came from, among zeros.
 *
 * @param axis the axis that was sliced
 * @param start where the first element goes
 * @param step from one to the next
 * @param size the length of the axis in the result
 */
record Unslice(int axis, int start, int step, int size) implements PrimitiveOp {
  @Override
  public String name() {
    return "unslice";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), 1, inputs);
    TensorType x = inputs.getFirst();
    Checks.axis(name(), x.shape(), axis);
    int length = x.shape().dim(axis);
    long last = start + (long) (length - 1) * step;
    if (length > 0 && (start < 0 || start >= size || last < 0 || last >= size)) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "unslice: axis %d of shape %s does not fit into %d elements from index %d with step"
                  + " %d",
              axis,
              x.shape(),
              size,
              start,
              step));
    }
    int[] dims = x.shape().toArray();
    dims[axis] = size;
    return List.of(new TensorType(x.dtype(), Shape.of(dims)));
  }

  @Override
  public void compute(Call call, Outputs outputs) {
    Tensor x = call.input(0);
    Tensor whole = outputs.get(0);
    Views.fill(whole, 0);
    int length = x.shape().dim(axis);
    Views.assign(x, Views.view(whole, Views.layout(whole).slice(axis, start, length, step)));
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
    int length = call.inputType(0).shape().dim(axis);
    return Gradient.of(new Slice(axis, start, length, step).applyTo(gradient));
  }
}
