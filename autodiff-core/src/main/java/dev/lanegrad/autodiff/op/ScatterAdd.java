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
    int[] picked = indices.picked(size);
    int count = indices.count();
    int run = indices.run();
    int offset = Views.layout(packed).offset();
    if (Views.array(packed) instanceof double[] from) {
      double[] to = (double[]) Views.array(output);
      for (int i = 0; i < count; i++) {
        add(from, offset + i * run, to, picked[i] * run, run);
      }
    } else {
      float[] from = (float[]) Views.array(packed);
      float[] to = (float[]) Views.array(output);
      int[] terms = indices.length() > LongChains.SHORT ? terms(picked, count, output.size() / run) : null;
      if (terms == null) {
        for (int i = 0; i < count; i++) {
          add(from, offset + i * run, to, picked[i] * run, run);
        }
      } else {
        addMany(from, offset, picked, count, run, terms, to);
      }
    }
    return List.of(output);
  }

  private static void add(float[] from, int start, float[] to, int at, int run) {
    for (int i = 0; i < run; i++) {
      to[at + i] += from[start + i];
    }
  }

  private static void add(double[] from, int start, double[] to, int at, int run) {
    for (int i = 0; i < run; i++) {
      to[at + i] += from[start + i];
    }
  }

  /** How many terms each run gets, or null if no chain is long. */
  private static int @Nullable [] terms(int[] picked, int count, int runs) {
    int[] terms = new int[runs];
    boolean isLong = false;
    for (int i = 0; i < count; i++) {
      isLong |= ++terms[picked[i]] > LongChains.SHORT;
    }
    return isLong ? terms : null;
  }

  /** Runs that get more than a short chain have accumulators of float64. */
  private static void addMany(
      float[] from, int offset, int[] picked, int count, int run, int[] terms, float[] to) {
    int[] wide = new int[terms.length];
    int wides = 0;
    for (int i = 0; i < terms.length; i++) {
      wide[i] = terms[i] > LongChains.SHORT ? wides++ : -1;
    }
    double[] sums = new double[Math.multiplyExact(wides, run)];
    for (int i = 0; i < count; i++) {
      int at = wide[picked[i]] * run;
      int start = offset + i * run;
      if (at < 0) {
        add(from, start, to, picked[i] * run, run);
      } else {
        for (int j = 0; j < run; j++) {
          sums[at + j] += from[start + j];
        }
      }
    }
    for (int i = 0; i < wide.length; i++) {
      for (int j = 0; j < run && wide[i] >= 0; j++) {
        to[i * run + j] = (float) sums[wide[i] * run + j];
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
