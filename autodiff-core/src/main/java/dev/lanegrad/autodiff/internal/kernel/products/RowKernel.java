package dev.lanegrad.autodiff.internal.kernel.products;

/** Goes on with the chains of a single row's product, y = x B. */
@FunctionalInterface
public interface RowKernel {
  /**
   * Goes on by some steps along k.
   *
   * @param count vectors of y, or turns along k, as {@link RowTile} says; none leave y as it is
   * @param x the array of the row, whose elements lie side by side from {@code xOffset} on
   * @param b the array of B
   * @param bOffset where what is read of B begins
   * @param bStep from line to line of B as it lies in memory
   * @param y the array of the chains, side by side from {@code yOffset} on
   */
  void run(
      int count, Object x, int xOffset, Object b, int bOffset, int bStep, Object y, int yOffset);
}
