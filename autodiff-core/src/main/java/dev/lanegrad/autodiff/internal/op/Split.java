package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Saved;
import dev.lanegrad.autodiff.op.ViewOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Parts of a length along one axis, as views; the last one may be shorter. One operation for all of
 * them: their gradients are put together once, where slices would each add a whole tensor of zeros.
 *
 * <p>Shapes: [.., n, ..] gives [.., length, ..] as often as it fits, and the rest.
 *
 * @param axis from 0 to rank - 1
 * @param length of a part, at least 1
 */
public record Split(int axis, int length) implements ViewOp {
  @Override
  public String name() {
    return "split";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), 1, inputs);
    TensorType x = inputs.getFirst();
    Checks.axis(name(), x.shape(), axis);
    if (length < 1) {
      throw new ShapeException(
          String.format(Locale.ROOT, "split: parts of length %d of shape %s", length, x.shape()));
    }
    int size = x.shape().dim(axis);
    int count = Math.ceilDiv(size, length);
    List<TensorType> parts = new ArrayList<>(count);
    for (int k = 0; k < count; k++) {
      int part = Math.min(length, size - k * length);
      parts.add(new TensorType(x.dtype(), Axis.with(x.shape(), axis, part)));
    }
    return parts;
  }

  @Override
  public List<Tensor> forward(Call call) {
    Tensor x = call.input(0);
    int size = x.shape().dim(axis);
    int count = Math.ceilDiv(size, length);
    List<Tensor> parts = new ArrayList<>(count);
    for (int k = 0; k < count; k++) {
      int start = k * length;
      int part = Math.min(length, size - start);
      parts.add(Views.view(x, Views.layout(x).slice(axis, start, part, 1)));
    }
    return parts;
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING;
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    List<Tensor> parts = new ArrayList<>(gradients.size());
    boolean any = false;
    for (int k = 0; k < gradients.size(); k++) {
      Tensor gradient = gradients.get(k);
      any |= gradient != null;
      parts.add(gradient != null ? gradient : Scales.constant(call.type(k), 0));
    }
    return Gradient.of(any ? new Concat(axis).apply(parts).getFirst() : null);
  }
}
