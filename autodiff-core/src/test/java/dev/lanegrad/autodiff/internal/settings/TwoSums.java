package dev.lanegrad.autodiff.internal.settings;

import dev.lanegrad.autodiff.Tensor;

/** Adds, and once more where that fails: what is wrong must be said the second time as well. */
final class TwoSums {
  private TwoSums() {}

  public static void main(String... arguments) {
    for (int i = 0; i < 2; i++) {
      try {
        Tensor sum = Tensor.of(1f, 2f, 3f).requiresGrad().exp().log().sum();
        System.out.println("sum " + Math.round(sum.item()) + " " + sum.backward().norm());
      } catch (RuntimeException | LinkageError e) {
        System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
      }
    }
  }
}
