package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.memory.Layout;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Saved;
import dev.lanegrad.autodiff.op.ViewOp;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Dimensions in another order, as a view.
 *
 * @param axes dimension i of the result is dimension {@code axes[i]} of the input
 */
public record Permute(List<Integer> axes) implements ViewOp {
  /** The transposition of a matrix. */
  public static final Permute TRANSPOSE = new Permute(List.of(1, 0));

  public Permute {
    axes = List.copyOf(Present.all("permute", "axes", axes));
  }

  @Override
  public String name() {
    return "permute";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), 1, inputs);
    TensorType x = inputs.getFirst();
    if (axes.size() != x.rank()) {
      throw wrong(x.shape());
    }
    int[] dims = new int[x.rank()];
    for (int i = 0; i < dims.length; i++) {
      int axis = axes.get(i);
      if (axis < 0 || axis >= dims.length || axes.indexOf(axis) != i) {
        throw wrong(x.shape());
      }
      dims[i] = x.shape().dim(axis);
    }
    return List.of(new TensorType(x.dtype(), Shape.of(dims)));
  }

  private ShapeException wrong(Shape shape) {
    return new ShapeException(
        String.format(
            Locale.ROOT,
            "permute: %s does not name each of the %d axes of shape %s once",
            axes,
            shape.rank(),
            shape));
  }

  @Override
  public List<Tensor> forward(Call call) {
    Tensor x = call.input(0);
    Layout layout = Views.layout(x);
    int[] strides = new int[axes.size()];
    for (int i = 0; i < strides.length; i++) {
      strides[i] = layout.strides()[axes.get(i)];
    }
    return List.of(Views.view(x, new Layout(call.type(0).shape(), strides, layout.offset())));
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING;
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    int[] inverse = new int[axes.size()];
    for (int i = 0; i < inverse.length; i++) {
      inverse[axes.get(i)] = i;
    }
    return Gradient.of(gradient == null ? null : gradient.permute(inverse));
  }
}
