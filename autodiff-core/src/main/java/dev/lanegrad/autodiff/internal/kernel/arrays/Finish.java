package dev.lanegrad.autodiff.internal.kernel.arrays;

/** What is done to parts of a result as soon as they are complete, while they are in the cache. */
@FunctionalInterface
public interface Finish {
  /** Nothing. */
  Finish NONE = (first, count) -> {};

  /**
   * Called once for every row of a matrix, or every sample of a batch, on the thread that computed
   * it.
   */
  void rows(int first, int count);
}
