package dev.lanegrad.benchmarks;

/** A loop over vectors that was written as Java source. */
@FunctionalInterface
interface WrittenLoop {
  /**
   * Computes {@code size} elements, a multiple of the vectors' length.
   *
   * @param inputs {@code float[]} or {@code double[]}
   * @param output of the same type
   */
  void run(Object[] inputs, Object output, int size);
}
