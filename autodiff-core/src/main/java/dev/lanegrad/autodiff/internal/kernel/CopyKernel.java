package dev.lanegrad.autodiff.internal.kernel;

/** Copies vectors from listed places to listed places. */
@FunctionalInterface
interface CopyKernel {
  /**
   * Copies one vector for each entry of the lists.
   *
   * @param first where places of {@code from} are counted from
   * @param apart from there a second vector is loaded so far behind the first, if the kernel
   *     chooses among the lanes of two
   * @param start where places of {@code to} are counted from
   * @param table for each lane which one of the two vectors' lanes it comes from, then for each
   *     lane whether it is stored, see {@link CopyWriter#table}
   */
  void run(
      Object from,
      int first,
      int apart,
      int[] loads,
      Object to,
      int start,
      int[] stores,
      Object table);
}
