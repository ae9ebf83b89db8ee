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
 * <p>To int32 every number is looked at, since Java's conversion is defined for NaN and for numbers
 * that are too large; PyTorch's, which is not, is up to three times faster.
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
    Tensor packed = Views.contiguous(x);
    int offset = Views.layout(packed).offset();
    int size = x.size();
    switch (Views.array(packed)) {
      case float[] from -> convert(from, offset, size, Views.array(output));
      case double[] from -> convert(from, offset, size, Views.array(output));
      default -> convert(x.toDoubleArray(), 0, size, Views.array(output));
    }
    return List.of(output);
  }

  private static void convert(float[] from, int offset, int size, Object output) {
    switch (output) {
      case float[] to -> {
        for (int i = 0; i < size; i++) {
          to[i] = from[offset + i];
        }
      }
      case double[] to -> {
        for (int i = 0; i < size; i++) {
          to[i] = from[offset + i];
        }
      }
      case int[] to -> {
        for (int i = 0; i < size; i++) {
          to[i] = (int) from[offset + i];
        }
      }
      case boolean[] to -> {
        for (int i = 0; i < size; i++) {
          to[i] = from[offset + i] != 0;
        }
      }
      default -> throw new AssertionError(output);
    }
  }

  private static void convert(double[] from, int offset, int size, Object output) {
    switch (output) {
      case float[] to -> {
        for (int i = 0; i < size; i++) {
          to[i] = (float) from[offset + i];
        }
      }
      case double[] to -> {
        for (int i = 0; i < size; i++) {
          to[i] = from[offset + i];
        }
      }
      case int[] to -> {
        for (int i = 0; i < size; i++) {
          to[i] = (int) from[offset + i];
        }
      }
      case boolean[] to -> {
        for (int i = 0; i < size; i++) {
          to[i] = from[offset + i] != 0;
        }
      }
      default -> throw new AssertionError(output);
    }
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    return Gradient.of(gradient == null ? null : gradient.cast(call.inputType(0).dtype()));
  }
}
