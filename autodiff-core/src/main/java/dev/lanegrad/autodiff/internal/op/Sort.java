package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Outputs;
import dev.lanegrad.autodiff.op.PrimitiveOp;
import dev.lanegrad.autodiff.op.Saved;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Elements in order along an axis, and where each came from. Stable: equal elements, as 0 and -0
 * are, keep their order. NaN counts as larger than everything.
 *
 * <p>Shapes: [.., n, ..] gives the same twice: values, and int32 indices into the input.
 *
 * @param axis from 0 to rank - 1
 * @param descending whether the largest comes first
 */
public record Sort(int axis, boolean descending) implements PrimitiveOp {
  @Override
  public String name() {
    return "sort";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), 1, inputs);
    TensorType x = inputs.getFirst();
    Checks.axis(name(), x.shape(), axis);
    return List.of(
        new TensorType(Checks.floating(name(), inputs), x.shape()),
        new TensorType(DType.INT32, x.shape()));
  }

  @Override
  public void compute(Call call, Outputs outputs) {
    rank(call, outputs, axis, descending);
  }

  /** The first elements in order, as many as the results have room for, and their places. */
  static void rank(Call call, Outputs outputs, int axis, boolean descending) {
    Lines lines = Lines.of(call.input(0), axis);
    Tensor values = Lines.forWriting(outputs.get(0), axis);
    Tensor indices = Lines.forWriting(outputs.get(1), axis);
    int[] places = (int[]) Views.array(indices);
    int wanted = call.type(0).shape().dim(axis);
    Ranking ranking = new Ranking(lines.array(), lines.length(), descending);
    for (int i = 0; i < lines.count(); i++) {
      ranking.rank(lines.start(i), wanted, places, i * wanted);
      lines.pick(i, places, i * wanted, wanted, Views.array(values));
    }
    Lines.putInPlace(values, outputs.get(0), axis);
    Lines.putInPlace(indices, outputs.get(1), axis);
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
