package dev.lanegrad.autodiff.internal.kernel.products;

/** Some rows of a matrix times a column, in sixteen chains each, see {@link ColumnLoop}. */
@FunctionalInterface
public interface ColumnKernel {
  /**
   * Sets chain l of row i, at {@code sums[16 * i + l]}, to the sum over t of {@code a[aOffset + i *
   * aStep + 16 * t + l] * x[xOffset + 16 * t + l]}.
   *
   * @param turns how many products are summed up in every chain
   */
  void run(int turns, Object a, int aOffset, int aStep, Object x, int xOffset, Object sums);
}
