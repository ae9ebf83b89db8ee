package dev.lanegrad.autodiff.internal.kernel.arrays;

/** How far float32 is added up in float32: beyond, sums are of float64, or begin anew. */
public final class ShortChains {
  public static final int MOST_TERMS = 1_024;

  private ShortChains() {}
}
