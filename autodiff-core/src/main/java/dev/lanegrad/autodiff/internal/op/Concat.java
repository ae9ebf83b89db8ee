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
 * Tensors one after the other along an axis.
 *
 * <p>Shapes: [.., n1, ..], [.., n2, ..], ... give [.., n1 + n2 + ..., ..].
 *
 * @param axis from 0 to rank - 1
 */
public record Concat(int axis) implements PrimitiveOp {
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
    int start = 0;
    for (int i = 0; i < call.inputs(); i++) {
      int length = call.input(i).shape().dim(axis);
      Views.assign(
          call.input(i), Views.view(whole, Views.layout(whole).slice(axis, start, length, 1)));
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
