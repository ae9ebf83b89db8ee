package dev.lanegrad.autodiff.internal.kernel.products;

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
   * @param a the array of A, whose elements lie as {@link MatMulTiles.Left} says from {@code
   *     aOffset} on, with {@code aStep} elements from row to row or from column to column
   * @param b the array of B, whose elements lie as {@link MatMulTiles.Right} says from {@code
   *     bOffset} on, with {@code bStep} elements from row to row
   * @param c the array of C, element (i, j) at {@code cOffset + i * cStep + j}
   * @param more whether the chains go on from what C holds, or start at 0
   */
  void run(
      int inner,
      Object a,
      int aOffset,
      int aStep,
      Object b,
      int bOffset,
      int bStep,
      Object c,
      int cOffset,
      int cStep,
      boolean more);
}
