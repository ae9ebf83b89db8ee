package dev.lanegrad.autodiff.internal.kernel.convolution;

/**
 * Some elements of a convolution's kernel times a few vectors of output channels: the sums stay in
 * registers while positions go by.
 */
@FunctionalInterface
public interface WeightGradientKernel {
  /**
   * Runs over positions whose windows begin at neighbouring places.
   *
   * @param positions how many
   * @param x the grid
   * @param from where the window at the first position begins
   * @param offsets where in its window each element of the kernel lies
   * @param tap the first of them
   * @param g gradients of the vectors of output channels at one position, then at the next, ...
   * @param gFrom where the first begins
   * @param sums of each element of the kernel, to which is added
   * @param to where the first begins
   * @param row from one element of the kernel to the next
   */
  void run(
      int positions,
      Object x,
      int from,
      int[] offsets,
      int tap,
      Object g,
      int gFrom,
      Object sums,
      int to,
      int row);
}
