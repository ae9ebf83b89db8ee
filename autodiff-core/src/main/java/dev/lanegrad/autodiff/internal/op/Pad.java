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
 * Elements of one number added before and after those along an axis.
 *
 * <p>Shapes: [.., n, ..] gives [.., before + n + after, ..].
 *
 * @param axis from 0 to rank - 1
 * @param before how many are added in front
 * @param after how many are added behind
 * @param value what they are
 */
public record Pad(int axis, int before, int after, double value) implements PrimitiveOp {
  @Override
  public String name() {
    return "pad";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), 1, inputs);
    Shape shape = inputs.getFirst().shape();
    Checks.axis(name(), shape, axis);
    if (before < 0 || after < 0) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "pad: %d before and %d after axis %d of shape %s: neither may be negative",
              before,
              after,
              axis,
              shape));
    }
    long length = (long) before + shape.dim(axis) + after;
    Shape padded = Axis.with(name(), shape, axis, length);
    return List.of(new TensorType(Checks.floating(name(), inputs), padded));
  }

  @Override
  public void compute(Call call, Outputs outputs) {
    Tensor x = call.input(0);
    Tensor whole = outputs.get(0);
    Views.fill(whole, value);
    int length = x.shape().dim(axis);
    Views.assign(x, Views.view(whole, Views.layout(whole).slice(axis, before, length, 1)));
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING;
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    int length = call.inputType(0).shape().dim(axis);
    return Gradient.of(
        gradient == null ? null : new Slice(axis, before, length, 1).applyTo(gradient));
  }
}
