package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
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
  public List<TensorType> infer(List<Tensor> inputs) {
    Checks.inputs(name(), 1, inputs);
    Tensor x = inputs.getFirst();
    Checks.axis(name(), x.shape(), axis);
    return List.of(
        new TensorType(Checks.floating(name(), inputs), x.shape()),
        new TensorType(DType.INT32, x.shape()));
  }

  @Override
  public List<Tensor> forward(Call call) {
    Tensor x = call.input(0);
    double[] values = x.toDoubleArray();
    Tensor indices = Views.allocate(call.type(1));
    int[] sources = (int[]) Views.array(indices);
    Axis along = Axis.of(x.shape(), axis);
    for (int i = 0; i < along.lines(); i++) {
      int line = i;
      Comparator<Integer> byValue =
          (j, k) -> compare(values[along.index(line, j)], values[along.index(line, k)]);
      int[] order =
          IntStream.range(0, along.length())
              .boxed()
              .sorted(descending ? byValue.reversed() : byValue)
              .mapToInt(Integer::intValue)
              .toArray();
      for (int k = 0; k < order.length; k++) {
        sources[along.index(line, k)] = order[k];
      }
    }
    return List.of(new Gather(axis).applyTo(x, indices), indices);
  }

  /** As {@link Double#compare}, but for 0 and -0. */
  private static int compare(double a, double b) {
    return a == b ? 0 : Double.compare(a, b);
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
