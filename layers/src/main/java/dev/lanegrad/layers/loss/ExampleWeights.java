package dev.lanegrad.layers.loss;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Op;
import dev.lanegrad.autodiff.op.Saved;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much examples count by their labels: the weight of the label's class, 1 without weights, 0
 * for a label that is ignored.
 *
 * <p>Shapes: int32 labels {@code [..]}, each a class or ignored, and weights {@code [classes]} if
 * there are any, give int32 {@code [..]}, the labels with 0 for those that are ignored; the weights
 * of the examples {@code [..]}; and their sum {@code []}, added up as doubles.
 *
 * @param dtype of the weights of examples
 * @param ignored null for none
 */
record ExampleWeights(DType dtype, @Nullable Integer ignored) implements Op {
  @Override
  public String name() {
    return "exampleWeights";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    TensorType labels = inputs.getFirst();
    return List.of(
        labels, new TensorType(dtype, labels.shape()), new TensorType(dtype, Shape.SCALAR));
  }

  @Override
  public List<Tensor> forward(Call call) {
    int[] labels = call.input(0).toIntArray();
    double[] ofClass = call.inputs() == 1 ? null : call.input(1).toDoubleArray();
    double[] weights = new double[labels.length];
    for (int i = 0; i < labels.length; i++) {
      if (ignored != null && labels[i] == ignored) {
        labels[i] = 0;
      } else {
        weights[i] = ofClass == null ? 1 : ofClass[labels[i]];
      }
    }
    Shape shape = call.inputType(0).shape();
    return List.of(
        Tensor.ofInts(shape, labels),
        Tensor.ofDoubles(dtype, shape, weights),
        Tensor.scalar(dtype, Arrays.stream(weights).sum()));
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING;
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    return Collections.nCopies(call.inputs(), null);
  }
}
