package dev.lanegrad.examples.planted;

import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;

/** Comments that leave out what a user has to know; see {@code JavadocTest}. */
public final class Silent {
  private Silent() {}

  /**
   * Says all: {@code [n] -> [n]}.
   *
   * @throws ShapeException if it is no vector
   */
  public static Tensor complete(Tensor x) {
    return vector(x);
  }

  /** What this throws, where x is no vector, {@code [n]}, is said nowhere. */
  public static Tensor throwing(Tensor x) {
    return vector(x);
  }

  /** The absolute value. */
  public static Tensor shapeless(Tensor x) {
    return x.abs();
  }

  /** As {@link #complete} does it. */
  public static Tensor linking(Tensor x) {
    return vector(x);
  }

  private static Tensor vector(Tensor x) {
    if (x.rank() != 1) {
      throw new ShapeException("silent: takes a vector, not " + x.shape());
    }
    return x;
  }
}
