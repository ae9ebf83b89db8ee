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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The elements in row-major order in another shape; a view where the strides allow it.
 *
 * @param shape the new shape, of as many elements
 */
public record Reshape(Shape shape) implements ViewOp {
  public Reshape {
    Present.of("reshape", "shape", shape);
  }

  /** A reshape in which one dimension may be -1: it becomes what the others leave. */
  public static Reshape to(Shape from, int... dims) {
    int unknown = -1;
    long known = 1;
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] >= 0) {
        known *= dims[i];
      } else if (dims[i] == -1 && unknown < 0) {
        unknown = i;
      } else {
        throw mismatch(from, dims);
      }
    }
    int[] resolved = dims.clone();
    if (unknown >= 0) {
      if (known == 0 || from.size() % known != 0) {
        throw mismatch(from, dims);
      }
      resolved[unknown] = (int) (from.size() / known);
    } else if (known != from.size()) {
      throw mismatch(from, dims);
    }
    return new Reshape(Shape.of(resolved));
  }

  private static ShapeException mismatch(Shape from, int[] dims) {
    return new ShapeException(
        String.format(
            Locale.ROOT,
            "reshape: %s has %d elements and cannot become %s",
            from,
            from.size(),
            java.util.Arrays.toString(dims)));
  }

  @Override
  public String name() {
    return "reshape";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), 1, inputs);
    TensorType x = inputs.getFirst();
    if (x.size() != shape.size()) {
      throw mismatch(x.shape(), shape.toArray());
    }
    return List.of(new TensorType(x.dtype(), shape));
  }

  @Override
  public List<Tensor> forward(Call call) {
    Tensor x = call.input(0);
    Optional<Layout> view = Views.layout(x).reshape(shape);
    if (view.isPresent()) {
      return List.of(Views.view(x, view.get()));
    }
    Tensor copy = new Copy().applyTo(x);
    return List.of(Views.view(copy, Layout.rowMajor(shape)));
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING;
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    Shape before = call.inputType(0).shape();
    return Gradient.of(gradient == null ? null : gradient.reshape(before.toArray()));
  }
}
