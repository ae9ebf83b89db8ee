package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The matrix products of a {@link TrainingTask}, of the same shapes and transposed alike. */
final class TrainingProducts {
  private record Product(Tensor left, Tensor right) {}

  private final List<Product> products = new ArrayList<>();

  TrainingProducts(TrainingTask task) {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < task.layers(); i++) {
      Tensor x = Tensor.normal(random, DType.FLOAT32, task.batch(), task.in(i));
      Tensor weight = Tensor.normal(random, DType.FLOAT32, task.out(i), task.in(i));
      Tensor gradient = Tensor.normal(random, DType.FLOAT32, task.batch(), task.out(i));
      products.add(new Product(x, weight.transpose()));
      products.add(new Product(gradient.transpose(), x));
      if (i > 0) {
        products.add(new Product(gradient, weight));
      }
    }
  }

  Work work() {
    return Work.of(() -> Autodiff.tidy(() -> Autodiff.withoutGradient(this::run)));
  }

  private void run() {
    for (Product product : products) {
      if (product.left.matmul(product.right).size() == 0) {
        throw new AssertionError("nothing was computed");
      }
    }
  }
}
