package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Elements in another dtype: rounded to float32, cut off towards zero to int32, true where not 0 to
 * bool. Gradients flow between float32 and float64.
 *
 * @param dtype the dtype of the result
 */
public record Cast(DType dtype) implements Op {
  @Override
  public String name() {
    return "cast";
  }

  @Override
  public List<TensorType> infer(List<Tensor> inputs) {
    Checks.inputs(name(), 1, inputs);
    return List.of(new TensorType(dtype, inputs.getFirst().shape()));
  }

  @Override
  public List<Tensor> forward(Call call) {
    Tensor x = call.input(0);
    if (x.dtype() == dtype) {
      return List.of(x);
    }
    Tensor output = Views.allocate(call.type(0));
    if (x.dtype().isFloating() && dtype.isFloating()) {
      convert(Views.contiguous(x), output);
      return List.of(output);
    }
    double[] values = x.toDoubleArray();
    switch (Views.array(output)) {
      case float[] to -> {
        for (int i = 0; i < values.length; i++) {
          to[i] = (float) values[i];
        }
      }
      case double[] to -> System.arraycopy(values, 0, to, 0, values.length);
      case int[] to -> {
        for (int i = 0; i < values.length; i++) {
          to[i] = (int) values[i];
        }
      }
      case boolean[] to -> {
        for (int i = 0; i < values.length; i++) {
          to[i] = values[i] != 0;
        }
      }
      default -> throw new AssertionError(dtype);
    }
    return List.of(output);
  }

  /** Between float32 and float64. */
  private static void convert(Tensor x, Tensor output) {
    int offset = Views.layout(x).offset();
    int size = x.size();
    if (Views.array(x) instanceof float[] from) {
      double[] to = (double[]) Views.array(output);
      for (int i = 0; i < size; i++) {
        to[i] = from[offset + i];
      }
    } else {
      double[] from = (double[]) Views.array(x);
      float[] to = (float[]) Views.array(output);
      for (int i = 0; i < size; i++) {
        to[i] = (float) from[offset + i];
      }
    }
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    return Gradient.of(gradient == null ? null : gradient.cast(call.inputType(0).dtype()));
  }
}
