package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
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
public record Sort(int axis, boolean descending) implements Op {
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
  public List<Tensor> forward(Call call) {
    return ranked(call, axis, descending);
  }

  /** The first elements in order, as many as the results have room for, and their places. */
  static List<Tensor> ranked(Call call, int axis, boolean descending) {
    Lines lines = Lines.of(call.input(0), axis);
    Tensor values = Lines.allocate(call.type(0), axis);
    Tensor indices = Lines.allocate(call.type(1), axis);
    int[] places = (int[]) Views.array(indices);
    int wanted = call.type(0).shape().dim(axis);
    Ranking ranking = new Ranking(lines.array(), lines.length(), descending);
    for (int i = 0; i < lines.count(); i++) {
      ranking.rank(lines.start(i), wanted, places, i * wanted);
      lines.pick(i, places, i * wanted, wanted, Views.array(values));
    }
    return List.of(Lines.inPlace(values, axis), Lines.inPlace(indices, axis));
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING.output(1);
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    if (gradient == null) {
      return Gradient.of(gradient);
    }
    int size = call.inputType(0).shape().dim(axis);
    return Gradient.of(new ScatterAdd(axis, size).applyTo(gradient, call.output(1)));
  }
}
