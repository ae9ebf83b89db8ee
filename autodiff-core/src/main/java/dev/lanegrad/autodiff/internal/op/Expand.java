package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Saved;
import dev.lanegrad.autodiff.op.ViewOp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Elements repeated to a larger shape by NumPy's rule, as a view that stores each once.
 *
 * @param shape the shape to broadcast to
 */
public record Expand(Shape shape) implements ViewOp {
  public Expand {
    Present.of("expand", "shape", shape);
  }

  @Override
  public String name() {
    return "expand";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), 1, inputs);
    TensorType x = inputs.getFirst();
    if (x.rank() > shape.rank()
        || !Shape.broadcast(name(), List.of(x.shape(), shape)).equals(shape)) {
      throw new ShapeException("expand: %s does not broadcast to %s".formatted(x.shape(), shape));
    }
    return List.of(new TensorType(x.dtype(), shape));
  }

  @Override
  public List<Tensor> forward(Call call) {
    Tensor x = call.input(0);
    return List.of(Views.view(x, Views.layout(x).expand(shape)));
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING;
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    Shape before = call.inputType(0).shape();
    return Gradient.of(gradient == null ? null : gradient.sumTo(before));
  }
}
