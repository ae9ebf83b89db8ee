package dev.lanegrad.autodiff.internal.graph;

import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.memory.Layout;
import dev.lanegrad.autodiff.internal.memory.Runs;
import dev.lanegrad.autodiff.op.Outputs;
import java.util.List;
import java.util.Locale;

/** Tensors in row-major order that an operation writes. */
record GivenOutputs(List<Tensor> tensors) implements Outputs {
  private static final TensorAccess ACCESS = TensorAccess.get();

  @Override
  public Tensor get(int k) {
    return tensors.get(k);
  }

  @Override
  public void set(int k, double... values) {
    Present.of("outputs", "values", values);
    Tensor output = get(k);
    if (values.length != output.size()) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "output %d of %s takes %d elements, %d were given",
              k,
              output.type(),
              output.size(),
              values.length));
    }
    switch (array(output)) {
      case float[] floats -> {
        for (int i = 0; i < values.length; i++) {
          floats[i] = (float) values[i];
        }
      }
      case double[] doubles -> System.arraycopy(values, 0, doubles, 0, values.length);
      default ->
          throw new DTypeException(String.format(Locale.ROOT, "output %d is %s", k, output.type()));
    }
  }

  @Override
  public void set(int k, Tensor values) {
    Present.of("outputs", "values", values);
    Tensor output = get(k);
    if (!values.type().equals(output.type())) {
      throw new ShapeException(
          String.format(Locale.ROOT, "output %d is %s, not %s", k, output.type(), values.type()));
    }
    if (values.size() > 0) {
      Layout from = ACCESS.layout(values);
      int[] dims = values.shape().toArray();
      Runs.copy(array(values), from.offset(), dims, from.strides(), array(output), 0);
    }
  }

  private static Object array(Tensor tensor) {
    return ACCESS.storage(tensor).array();
  }
}
