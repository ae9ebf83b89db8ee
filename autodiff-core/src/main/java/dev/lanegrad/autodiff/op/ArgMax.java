package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.formula.Reduction;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The index of the largest or smallest element along an axis, the first of equal ones; the first
 * NaN if there is one. No gradient flows through it.
 *
 * <p>Shapes: [.., n, ..] gives int32 [.., ..].
 *
 * @param axis from 0 to rank - 1
 * @param largest whether the largest is looked for, or the smallest
 */
public record ArgMax(int axis, boolean largest) implements Op {
  @Override
  public String name() {
    return largest ? "argmax" : "argmin";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), 1, inputs);
    Shape shape = inputs.getFirst().shape();
    Checks.nonEmpty(name(), shape, axis);
    return List.of(new TensorType(DType.INT32, Axis.without(shape, axis)));
  }

  /** Finds first the value, by a kernel, and then its place. */
  @Override
  public List<Tensor> forward(Call call) {
    Tensor x =
        call.input(0).dtype().isFloating() ? call.input(0) : call.input(0).cast(DType.FLOAT64);
    Reduction reduction = largest ? Reduction.MAX : Reduction.MIN;
    Tensor best = Views.contiguous(Fold.of(reduction, new int[] {axis}, false).applyTo(x));
    Tensor packed = Views.contiguous(x);
    Tensor output = Views.allocate(call.type(0));
    int[] places = (int[]) Views.array(output);
    Axis along = Axis.of(x.shape(), axis);
    int first = Views.layout(packed).offset();
    int firstBest = Views.layout(best).offset();
    if (Views.array(packed) instanceof float[] values) {
      find(values, first, (float[]) Views.array(best), firstBest, along, places);
    } else {
      find(
          (double[]) Views.array(packed),
          first,
          (double[]) Views.array(best),
          firstBest,
          along,
          places);
    }
    return List.of(output);
  }

  private static void find(
      float[] values, int first, float[] best, int firstBest, Axis along, int[] places) {
    int inner = along.inner();
    if (inner == 1) {
      for (int line = 0; line < along.lines(); line++) {
        int start = first + line * along.length();
        places[line] = find(values, start, best[firstBest + line]);
      }
      return;
    }
    Arrays.fill(places, 0, along.lines(), -1);
    for (int line = 0; line < along.lines(); line += inner) {
      int left = inner;
      int row = first + line * along.length();
      for (int k = 0; left > 0; k++, row += inner) {
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
        places[line] = find(values, start, best[firstBest + line]);
      }
      return;
    }
    Arrays.fill(places, 0, along.lines(), -1);
    for (int line = 0; line < along.lines(); line += inner) {
      int left = inner;
      int row = first + line * along.length();
      for (int k = 0; left > 0; k++, row += inner) {
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

  /** What is there, from {@code start} on. */
  private static int find(float[] values, int start, float wanted) {
    int i = start;
    if (Float.isNaN(wanted)) {
      while (!Float.isNaN(values[i])) {
        i++;
      }
    } else {
      while (values[i] != wanted) {
        i++;
      }
    }
    return i - start;
  }

  /** What is there, from {@code start} on. */
  private static int find(double[] values, int start, double wanted) {
    int i = start;
    if (Double.isNaN(wanted)) {
      while (!Double.isNaN(values[i])) {
        i++;
      }
    } else {
      while (values[i] != wanted) {
        i++;
      }
    }
    return i - start;
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING;
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    return Gradient.of((Tensor) null);
  }
}
