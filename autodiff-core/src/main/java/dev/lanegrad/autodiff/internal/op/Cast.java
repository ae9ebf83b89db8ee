package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Outputs;
import dev.lanegrad.autodiff.op.PrimitiveOp;
import dev.lanegrad.autodiff.op.Saved;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Elements in another dtype: rounded to float32, cut off towards zero to int32, true where not 0 to
 * bool, so also where NaN. What int32 has not, NaN and from 2^31 on, is refused. Gradients flow
 * between float32 and float64.
 *
 * <p>To int32 every number is looked at, since Java's conversion is defined for NaN and for numbers
 * that are too large; PyTorch's, which is not, is up to three times faster.
 *
 * @param dtype the dtype of the result
 */
public record Cast(DType dtype) implements PrimitiveOp {
  public Cast {
    Present.of("cast", "dtype", dtype);
  }

  @Override
  public String name() {
    return "cast";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), 1, inputs);
    return List.of(new TensorType(dtype, inputs.getFirst().shape()));
  }

  /** Elements that have the dtype already are shown as they are. */
  @Override
  public List<Tensor> forward(Call call) {
    Tensor x = call.input(0);
    return x.dtype() == dtype ? List.of(x) : PrimitiveOp.super.forward(call);
  }

  @Override
  public void compute(Call call, Outputs outputs) {
    convert(call.input(0), outputs.get(0));
  }

  /** Writes elements in the dtype of a result. */
  static void convert(Tensor x, Tensor output) {
    Tensor packed = Views.contiguous(x);
    int offset = Views.layout(packed).offset();
    switch (Views.array(packed)) {
      case float[] from -> convert(from, offset, x, Views.array(output));
      case double[] from -> convert(from, offset, x, Views.array(output));
      default -> convert(x.toDoubleArray(), 0, x, Views.array(output));
    }
  }

  private static void convert(float[] from, int offset, Tensor x, Object output) {
    int size = x.size();
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
          to[i] = toInt(from[offset + i], i, x);
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

  private static void convert(double[] from, int offset, Tensor x, Object output) {
    int size = x.size();
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
          to[i] = toInt(from[offset + i], i, x);
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

  private static int toInt(double value, int place, Tensor x) {
    if (!(value > Integer.MIN_VALUE - 1.0 && value < Integer.MAX_VALUE + 1.0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "cast: int32 has no %s, as at element %d of %s%s: clamp it, or say where it is not"
                  + " NaN",
              value,
              place,
              x.dtype(),
              x.shape()));
    }
    return (int) value;
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING;
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    return Gradient.of(gradient == null ? null : gradient.cast(call.inputType(0).dtype()));
  }
}
