package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Outputs;
import dev.lanegrad.autodiff.op.PrimitiveOp;
import dev.lanegrad.autodiff.op.Saved;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The largest elements along an axis, largest first, and where each came from: the first of a
 * descending {@link Sort}, found without sorting the others.
 *
 * <p>Shapes: [.., n, ..] gives [.., k, ..] twice: values, and int32 indices into the input.
 *
 * @param k how many, from 0 to n
 * @param axis from 0 to rank - 1
 */
public record TopK(int k, int axis) implements PrimitiveOp {
  @Override
  public String name() {
    return "topK";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), 1, inputs);
    Shape shape = inputs.getFirst().shape();
    Checks.axis(name(), shape, axis);
    if (k < 0 || k > shape.dim(axis)) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "topK: %d elements asked for along axis %d of shape %s",
              k,
              axis,
              shape));
    }
    Shape result = Axis.with(shape, axis, k);
    return List.of(
        new TensorType(Checks.floating(name(), inputs), result),
        new TensorType(DType.INT32, result));
  }

  @Override
  public void compute(Call call, Outputs outputs) {
    Sort.rank(call, outputs, axis, true);
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING.output(1);
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    return Gradient.ofFound(call, axis, gradients);
  }
}
