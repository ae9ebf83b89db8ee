package dev.lanegrad.autodiff.internal.kernel;

/**
 * A tile of a matrix product: so many rows by so many vectors of C = A B, all of k in order, one
 * chain of fused multiply-adds for each element.
 */
@FunctionalInterface
public interface MatMulKernel {
  /**
   * Runs over k.
   *
   * @param inner how many products are summed up
   * @param a the array of A, element (i, k) at {@code aOffset + i * aRow + k * aColumn}
   * @param b the array of B, element (k, j) at {@code bOffset + k * bRow + j}
   * @param c the array of C, element (i, j) at {@code cOffset + i * cRow + j}
   * @param more whether the chains go on from what C holds, or start at 0
   */
  void run(
      int inner,
      Object a,
      int aOffset,
      int aRow,
      int aColumn,
      Object b,
      int bOffset,
      int bRow,
      Object c,
      int cOffset,
      int cRow,
      boolean more);
}
