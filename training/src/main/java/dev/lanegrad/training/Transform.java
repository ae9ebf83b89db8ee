package dev.lanegrad.training;

import dev.lanegrad.autodiff.Tensor;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * A change made to the inputs of a batch before they are used, at random where it augments them.
 *
 * <p>Equal generators give equal results.
 */
@FunctionalInterface
public interface Transform {
  /**
   * The changed inputs, as many as before.
   *
   * @param x inputs, of shape [n, ..]
   */
  Tensor apply(Tensor x, RandomGenerator random);

  /** This transform, then another. */
  default Transform then(Transform next) {
    Objects.requireNonNull(next, "transform: next is null");
    return (x, random) -> next.apply(apply(x, random), random);
  }
}
