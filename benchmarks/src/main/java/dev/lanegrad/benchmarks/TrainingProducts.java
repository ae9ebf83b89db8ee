package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * The matrix products and convolutions of a {@link TrainingTask}, forward and in reverse, of the
 * same shapes and transposed alike. As in the step, nothing is computed for the gradient of the
 * examples.
 */
final class TrainingProducts {
  private final SplittableRandom random = new SplittableRandom(3);
  private final List<Runnable> products = new ArrayList<>();

  TrainingProducts(TrainingTask task) {
    for (Part.Weighted part : task.network().weighted()) {
      boolean isFirst = products.isEmpty();
      switch (part) {
        case Part.Linear linear -> add(linear, task.batch(), isFirst);
        case Part.Filter filter -> add(filter, task.batch(), isFirst);
      }
    }
  }

  private void add(Part.Linear part, int batch, boolean isFirst) {
    Tensor x = normal(List.of(batch, part.in()));
    Tensor weight = normal(part.weight());
    Tensor gradient = normal(List.of(batch, part.out()));
    add(x, weight.transpose());
    add(gradient.transpose(), x);
    if (!isFirst) {
      add(gradient, weight);
    }
  }

  private void add(Tensor left, Tensor right) {
    products.add(
        () -> {
          if (left.matmul(right).size() == 0) {
            throw new AssertionError("nothing was computed");
          }
        });
  }

  private void add(Part.Filter part, int batch, boolean isFirst) {
    Tensor x = normal(Part.batched(batch, part.input()));
    Tensor weight = normal(part.weight());
    Tensor gradient = normal(Part.batched(batch, part.output()));
    Function<List<Tensor>, Tensor> function = WindowWork.function(part);
    products.add(
        isFirst
            ? () ->
                reverse(w -> function.apply(List.of(x, w.getFirst())), List.of(weight), gradient)
            : () -> reverse(function, List.of(x, weight), gradient));
  }

  private static void reverse(
      Function<List<Tensor>, Tensor> function, List<Tensor> arguments, Tensor gradient) {
    if (WindowWork.gradients(function, arguments, gradient).isEmpty()) {
      throw new AssertionError("nothing was computed");
    }
  }

  private Tensor normal(List<Integer> lengths) {
    return Tensor.normal(
        random, DType.FLOAT32, lengths.stream().mapToInt(Integer::intValue).toArray());
  }

  Work work() {
    return Work.of(() -> Autodiff.tidy(() -> products.forEach(Runnable::run)));
  }
}
