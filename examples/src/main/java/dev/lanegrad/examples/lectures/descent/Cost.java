package dev.lanegrad.examples.lectures.descent;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.Tensor;
import java.util.function.UnaryOperator;

/** What two weights cost: [2] to a scalar. */
interface Cost extends UnaryOperator<Tensor> {
  /** For a picture of the plane of both. */
  default double of(double first, double second) {
    return Autodiff.withoutGradient(() -> apply(Tensor.of(first, second))).item();
  }
}
