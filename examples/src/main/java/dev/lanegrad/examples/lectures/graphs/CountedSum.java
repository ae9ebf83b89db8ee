package dev.lanegrad.examples.lectures.graphs;

import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Op;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The sum of two tensors of one type, as an operation of one's own that counts how often the
 * reverse pass visits it.
 */
record CountedSum(AtomicInteger visits) implements Op {
  @Override
  public String name() {
    return "sum";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    TensorType a = inputs.get(0);
    TensorType b = inputs.get(1);
    if (!a.shape().equals(b.shape())) {
      throw new ShapeException(
          "sum: takes two tensors of one shape, not %s and %s".formatted(a.shape(), b.shape()));
    }
    return List.of(new TensorType(a.dtype(), a.shape()));
  }

  @Override
  public List<Tensor> forward(Call call) {
    return List.of(call.input(0).add(call.input(1)));
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    visits.incrementAndGet();
    Tensor gradient = gradients.getFirst();
    return Arrays.asList(
        call.needsGradient(0) ? gradient : null, call.needsGradient(1) ? gradient : null);
  }
}
