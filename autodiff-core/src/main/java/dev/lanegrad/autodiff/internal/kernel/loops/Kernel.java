package dev.lanegrad.autodiff.internal.kernel.loops;

/**
 * A compiled loop over a block of rows and columns. Operand k of element (r, c) lies at {@code
 * offsets[k] + r * rowStrides[k] + c}, or without the {@code + c} if the kernel was compiled for an
 * operand that is constant along a row. Vector kernels take whole vectors only: {@code columns} is
 * a multiple of the lane count.
 */
@FunctionalInterface
public interface Kernel {
  /**
   * Runs the loop.
   *
   * @param arrays the inputs' arrays, then the outputs' (of a fold: the accumulators')
   * @param offsets where each operand starts
   * @param rowStrides the distance between an operand's rows
   * @param parameters the formula's constants
   */
  void run(
      Object[] arrays, int[] offsets, int[] rowStrides, double[] parameters, int rows, int columns);
}
