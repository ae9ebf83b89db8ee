package dev.lanegrad.examples.lectures;

import dev.lanegrad.autodiff.Tensor;

/** How far two ways to compute the same thing are apart. */
public final class Difference {
  private Difference() {}

  /** The largest |a - b| of all elements. */
  public static double largest(Tensor a, Tensor b) {
    return a.sub(b).abs().max().item();
  }
}
