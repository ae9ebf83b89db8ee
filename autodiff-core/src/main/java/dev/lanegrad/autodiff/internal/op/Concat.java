package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.kernel.threads.Workers;
import dev.lanegrad.autodiff.internal.memory.Layout;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Outputs;
import dev.lanegrad.autodiff.op.PrimitiveOp;
import dev.lanegrad.autodiff.op.Saved;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tensors one after the other along an axis.
 *
 * <p>Shapes: [.., n1, ..], [.., n2, ..], ... give [.., n1 + n2 + ..., ..].
 *
 * @param axis from 0 to rank - 1
 */
public record Concat(int axis) implements PrimitiveOp {
  /** Elements of the result that stay in the cache while parts of many inputs go there. */
  private static final int BLOCK = 65_536;

  @Override
  public String name() {
    return "concat";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    TensorType first = inputs.getFirst();
    Checks.axis(name(), first.shape(), axis);
    long length = 0;
    for (TensorType input : inputs) {
      boolean fits =
          input.rank() == first.rank()
              && Axis.with(input.shape(), axis, 0).equals(Axis.with(first.shape(), axis, 0));
      if (!fits) {
        throw new ShapeException(
            String.format(
                Locale.ROOT,
                "concat: shapes differ outside axis %d: %s",
                axis,
                Shape.join(Checks.shapes(inputs))));
      }
      length += input.shape().dim(axis);
    }
    Shape shape = Axis.with(name(), first.shape(), axis, length);
    return List.of(new TensorType(Checks.sameDType(name(), inputs), shape));
  }

  @Override
  public void compute(Call call, Outputs outputs) {
    Tensor whole = outputs.get(0);
    int rows = whole.shape().dim(0);
    int blocks = axis > 0 && call.inputs() > 2 ? Math.min(whole.size() / BLOCK, rows) : 1;
    if (blocks <= 1) {
      assign(call, whole, 0, rows);
      return;
    }
    Workers.ranges(
        blocks,
        (long) Views.MOVING * whole.size(),
        (_, from, end) -> {
          for (int block = from; block < end; block++) {
            int first = (int) ((long) block * rows / blocks);
            int count = (int) ((block + 1L) * rows / blocks) - first;
            assign(call, whole, first, count);
          }
        });
  }

  /** Some rows of the result, of which each input has a part unless the axis is theirs. */
  private void assign(Call call, Tensor whole, int first, int count) {
    int start = 0;
    for (int i = 0; i < call.inputs(); i++) {
      Tensor input = call.input(i);
      int length = input.shape().dim(axis);
      Layout to = Views.layout(whole).slice(axis, start, length, 1);
      if (count < whole.shape().dim(0)) {
        input = Views.view(input, Views.layout(input).slice(0, first, count, 1));
        to = to.slice(0, first, count, 1);
      }
      Views.assign(input, Views.view(whole, to));
      start += length;
    }
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING;
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    @Nullable Tensor[] parts = new Tensor[call.inputs()];
    int start = 0;
    for (int i = 0; i < parts.length && gradient != null; i++) {
      int length = call.inputType(i).shape().dim(axis);
      parts[i] = call.needsGradient(i) ? new Slice(axis, start, length, 1).applyTo(gradient) : null;
      start += length;
    }
    return Gradient.of(parts);
  }
}
