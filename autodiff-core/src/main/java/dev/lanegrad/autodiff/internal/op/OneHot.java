package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Outputs;
import dev.lanegrad.autodiff.op.PrimitiveOp;
import dev.lanegrad.autodiff.op.Saved;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * 1 at the place that an index names, 0 elsewhere, along a new last axis.
 *
 * <p>Shapes: int32 [..] gives [.., classes].
 *
 * @param classes how many places there are
 * @param dtype float32 or float64
 */
public record OneHot(int classes, DType dtype) implements PrimitiveOp {
  public OneHot {
    Present.of("oneHot", "dtype", dtype);
  }

  @Override
  public String name() {
    return "oneHot";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), 1, inputs);
    TensorType indices = inputs.getFirst();
    if (!dtype.isFloating()) {
      throw new DTypeException("oneHot: makes float32 or float64, not " + dtype);
    }
    if (indices.dtype() != DType.INT32) {
      throw new DTypeException(
          "oneHot: indices must be int32, not %s%s: cast(DType.INT32) makes them so"
              .formatted(indices.dtype(), indices.shape()));
    }
    if (classes < 0) {
      throw new ShapeException("oneHot: there are at least 0 classes, not " + classes);
    }
    int rank = indices.rank();
    long[] dims = Arrays.stream(indices.shape().toArray()).asLongStream().toArray();
    dims = Arrays.copyOf(dims, rank + 1);
    dims[rank] = classes;
    return List.of(new TensorType(dtype, Checks.shape(name(), dims)));
  }

  @Override
  public void compute(Call call, Outputs outputs) {
    int[] indices = call.input(0).toIntArray();
    for (int index : indices) {
      if (index < 0 || index >= classes) {
        throw new ShapeException(
            String.format(
                Locale.ROOT, "oneHot: index %d is out of range for %d classes", index, classes));
      }
    }
    Tensor output = outputs.get(0);
    Views.fill(output, 0);
    if (Views.array(output) instanceof float[] floats) {
      for (int i = 0; i < indices.length; i++) {
        floats[i * classes + indices[i]] = 1;
      }
    } else {
      double[] doubles = (double[]) Views.array(output);
      for (int i = 0; i < indices.length; i++) {
        doubles[i * classes + indices[i]] = 1;
      }
    }
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
