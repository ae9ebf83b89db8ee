package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where in each line along an axis a value is: the index of the first element that is equal to it,
 * or of the first NaN if it is NaN; -1 if it is not there. No gradient flows through it.
 *
 * <p>Shapes: x [.., n, ..] and a value for each line [.., ..] give int32 [.., ..].
 *
 * @param axis from 0 to rank - 1
 */
public record PlaceOf(int axis) implements PrimitiveOp {
  @Override
  public String name() {
    return "placeOf";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), 2, inputs);
    Checks.floating(name(), inputs);
    Shape shape = inputs.getFirst().shape();
    Checks.nonEmpty(name(), shape, axis);
    Shape lines = Axis.without(shape, axis);
    if (!inputs.get(1).shape().equals(lines)) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "placeOf: values %s are not one for each line along axis %d of %s",
              inputs.get(1).shape(),
              axis,
              shape));
    }
    return List.of(new TensorType(DType.INT32, lines));
  }

  @Override
  public void compute(Call call, Outputs outputs) {
    Tensor x = Views.contiguous(call.input(0));
    Tensor wanted = Views.contiguous(call.input(1));
    int[] places = (int[]) Views.array(outputs.get(0));
    Axis along = Axis.of(x.shape(), axis);
    int first = Views.layout(x).offset();
    int firstWanted = Views.layout(wanted).offset();
    if (Views.array(x) instanceof float[] values) {
      find(values, first, (float[]) Views.array(wanted), firstWanted, along, places);
    } else {
      double[] values = (double[]) Views.array(x);
      find(values, first, (double[]) Views.array(wanted), firstWanted, along, places);
    }
  }

  private static void find(
      float[] values, int first, float[] best, int firstBest, Axis along, int[] places) {
    int inner = along.inner();
    if (inner == 1) {
      for (int line = 0; line < along.lines(); line++) {
        int start = first + line * along.length();
        places[line] = find(values, start, start + along.length(), best[firstBest + line]);
      }
      return;
    }
    Arrays.fill(places, 0, along.lines(), -1);
    for (int line = 0; line < along.lines(); line += inner) {
      int left = inner;
      int row = first + line * along.length();
      for (int k = 0; k < along.length() && left > 0; k++, row += inner) {
        for (int j = 0; j < inner; j++) {
          float value = values[row + j];
          float wanted = best[firstBest + line + j];
          boolean found = value == wanted || (Float.isNaN(value) && Float.isNaN(wanted));
          if (found && places[line + j] < 0) {
            places[line + j] = k;
            left--;
          }
        }
      }
    }
  }

  private static void find(
      double[] values, int first, double[] best, int firstBest, Axis along, int[] places) {
    int inner = along.inner();
    if (inner == 1) {
      for (int line = 0; line < along.lines(); line++) {
        int start = first + line * along.length();
        places[line] = find(values, start, start + along.length(), best[firstBest + line]);
      }
      return;
    }
    Arrays.fill(places, 0, along.lines(), -1);
    for (int line = 0; line < along.lines(); line += inner) {
      int left = inner;
      int row = first + line * along.length();
      for (int k = 0; k < along.length() && left > 0; k++, row += inner) {
        for (int j = 0; j < inner; j++) {
          double value = values[row + j];
          double wanted = best[firstBest + line + j];
          boolean found = value == wanted || (Double.isNaN(value) && Double.isNaN(wanted));
          if (found && places[line + j] < 0) {
            places[line + j] = k;
            left--;
          }
        }
      }
    }
  }

  /** What is there, from {@code start} to {@code end}. */
  private static int find(float[] values, int start, int end, float wanted) {
    int i = start;
    if (Float.isNaN(wanted)) {
      while (i < end && !Float.isNaN(values[i])) {
        i++;
      }
    } else {
      while (i < end && values[i] != wanted) {
        i++;
      }
    }
    return i < end ? i - start : -1;
  }

  /** What is there, from {@code start} to {@code end}. */
  private static int find(double[] values, int start, int end, double wanted) {
    int i = start;
    if (Double.isNaN(wanted)) {
      while (i < end && !Double.isNaN(values[i])) {
        i++;
      }
    } else {
      while (i < end && values[i] != wanted) {
        i++;
      }
    }
    return i < end ? i - start : -1;
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING;
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    return Gradient.of(null, null);
  }
}
