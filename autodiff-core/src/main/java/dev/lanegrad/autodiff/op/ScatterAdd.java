package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The adjoint of {@link Gather}: y[i, index[i, j]] += x[i, j] for axis 1 of a matrix, in the order
 * of the indices, starting from zeros. An element of float32 that gets more than 1,024 terms adds
 * them up in float64.
 *
 * <p>Shapes: x [.., k, ..] and int32 indices [.., k, ..] give [.., size, ..].
 *
 * @param axis from 0 to rank - 1
 * @param size the length of the axis in the result
 */
public record ScatterAdd(int axis, int size) implements Op {
  @Override
  public String name() {
    return "scatterAdd";
  }

  @Override
  public List<TensorType> infer(List<Tensor> inputs) {
    Checks.inputs(name(), 2, inputs);
    Tensor x = inputs.get(0);
    Tensor indices = inputs.get(1);
    Checks.floating(name(), List.of(x));
    if (!x.shape().equals(indices.shape())) {
      throw new ShapeException(
          "scatterAdd: values %s and indices %s differ in shape"
              .formatted(x.shape(), indices.shape()));
    }
    Checks.axis(name(), x.shape(), axis);
    Shape shape = Axis.with(name(), x.shape(), axis, size);
    Indices.check(name(), shape, indices, axis);
    return List.of(new TensorType(x.dtype(), shape));
  }

  @Override
  public List<Tensor> forward(Call call) {
    Tensor packed = Views.contiguous(call.input(0));
    Tensor output = Views.zeros(call.type(0));
    Indices indices = new Indices(call.input(1), axis);
    int count = indices.count();
    int run = indices.run();
    int offset = Views.layout(packed).offset();
    int[] buffer = new int[count];
    for (int row = 0; row < indices.outer(); row++) {
      int[] picked = indices.picked(row, size, buffer);
      int start = offset + row * count * run;
      if (Views.array(packed) instanceof double[] from) {
        add(from, start, picked, count, run, (double[]) Views.array(output));
      } else {
        float[] from = (float[]) Views.array(packed);
        float[] to = (float[]) Views.array(output);
        if (indices.length() > LongChains.SHORT) {
          int first = row * (output.size() / indices.outer() / run);
          addMany(from, start, picked, count, run, first, output.size() / indices.outer() / run, to);
        } else {
          add(from, start, picked, count, run, to);
        }
      }
    }
    return List.of(output);
  }

  private static void add(float[] from, int start, int[] picked, int count, int run, float[] to) {
    if (run == 1) {
      for (int i = 0; i < count; i++) {
        to[picked[i]] += from[start + i];
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      int row = start + i * run;
      int at = picked[i] * run;
      for (int j = 0; j < run; j++) {
        to[at + j] += from[row + j];
      }
    }
  }

  private static void add(double[] from, int start, int[] picked, int count, int run, double[] to) {
    if (run == 1) {
      for (int i = 0; i < count; i++) {
        to[picked[i]] += from[start + i];
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      int row = start + i * run;
      int at = picked[i] * run;
      for (int j = 0; j < run; j++) {
        to[at + j] += from[row + j];
      }
    }
  }

  /**
   * Runs that get more than a short chain have accumulators of float64.
   *
   * @param first the number of the first run that may be picked, of {@code runs}
   */
  private static void addMany(
      float[] from, int start, int[] picked, int count, int run, int first, int runs, float[] to) {
    int[] wide = new int[runs]; // first how many terms there are, then the place among the sums
    for (int i = 0; i < count; i++) {
      wide[picked[i] - first]++;
    }
    int wides = 0;
    for (int i = 0; i < runs; i++) {
      wide[i] = wide[i] > LongChains.SHORT ? wides++ : -1;
    }
    if (wides == 0) {
      add(from, start, picked, count, run, to);
      return;
    }
    double[] sums = new double[Math.multiplyExact(wides, run)];
    for (int i = 0; i < count; i++) {
      int at = wide[picked[i] - first];
      if (at < 0) {
        for (int j = 0; j < run; j++) {
          to[picked[i] * run + j] += from[start + i * run + j];
        }
      } else if (run == 1) {
        sums[at] += from[start + i];
      } else {
        for (int j = 0; j < run; j++) {
          sums[at * run + j] += from[start + i * run + j];
        }
      }
    }
    for (int i = 0; i < runs; i++) {
      for (int j = 0; j < run && wide[i] >= 0; j++) {
        to[(first + i) * run + j] = (float) sums[wide[i] * run + j];
      }
    }
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    return Gradient.of(
        gradient == null ? null : new Gather(axis).applyTo(gradient, call.input(1)), null);
  }
}
