package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    if (size < 0) {
      throw new ShapeException(
          "scatterAdd: axis %s of the result of %s is at least 0 long, not %s"
              .formatted(axis, x.shape(), size));
    }
    Shape shape = Axis.with(name(), x.shape(), axis, size);
    Indices.check(name(), shape, indices, axis);
    return List.of(new TensorType(x.dtype(), shape));
  }

  @Override
  public List<Tensor> forward(Call call) {
    Tensor packed = Views.contiguous(call.input(0));
    Tensor output = Views.zeros(call.type(0));
    Indices indices = new Indices(call.input(1), axis);
    int offset = Views.layout(packed).offset();
    if (Views.array(packed) instanceof double[] from) {
      double[] to = (double[]) Views.array(output);
      indices.forEach(
          size,
          (indexed, listed, run) -> {
            for (int i = 0; i < run; i++) {
              to[indexed + i] += from[offset + listed + i];
            }
          });
    } else if (indices.length() > LongChains.SHORT) {
      addMany(indices, (float[]) Views.array(packed), offset, (float[]) Views.array(output));
    } else {
      add(indices, (float[]) Views.array(packed), offset, (float[]) Views.array(output));
    }
    return List.of(output);
  }

  private void add(Indices indices, float[] from, int offset, float[] to) {
    indices.forEach(size, (indexed, listed, run) -> add(from, offset + listed, to, indexed, run));
  }

  private static void add(float[] from, int listed, float[] to, int indexed, int run) {
    for (int i = 0; i < run; i++) {
      to[indexed + i] += from[listed + i];
    }
  }

  /** Places that get more than a short chain have accumulators of float64. */
  private void addMany(Indices indices, float[] from, int offset, float[] to) {
    int[] visits = indices.visits(size);
    Map<Integer, double[]> wide = new HashMap<>();
    indices.forEach(
        size,
        (indexed, listed, run) -> {
          if (visits[indices.place(indexed)] <= LongChains.SHORT) {
            add(from, offset + listed, to, indexed, run);
          } else {
            double[] sums = wide.computeIfAbsent(indexed, _ -> new double[run]);
            for (int i = 0; i < run; i++) {
              sums[i] += from[offset + listed + i];
            }
          }
        });
    wide.forEach(
        (indexed, sums) -> {
          for (int i = 0; i < sums.length; i++) {
            to[indexed + i] = (float) sums[i];
          }
        });
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    return Gradient.of(
        gradient == null ? null : new Gather(axis).applyTo(gradient, call.input(1)), null);
  }
}
