package dev.lanegrad.autodiff.internal.kernel.loops;

/**
 * A compiled loop over a block of rows and columns. Operand k of element (r, c) lies at {@code
 * offsets[k] + r * strides[k] + c}, or without the {@code + c} if the kernel was compiled for an
 * operand that is constant along a row. Vector kernels take whole vectors only: {@code columns} is
 * a multiple of the lane count.
 *
 * <p>A fold that keeps accumulators in registers takes columns in groups of as many vectors. With n
 * operands group g lies {@code g * strides[n + k]} behind where its columns would: groups may be
 * those of one row, or lines of their own. The offsets are used up.
 */
@FunctionalInterface
public interface Kernel {
  /**
   * Runs the loop.
   *
   * @param arrays the inputs' arrays, then the outputs' (of a fold: the accumulators')
   * @param offsets where each operand starts
   * @param strides the distance between an operand's rows; of a fold in registers, then that
   *     between its groups of columns
   * @param parameters the formula's constants
   */
  void run(
      Object[] arrays, int[] offsets, int[] strides, double[] parameters, int rows, int columns);
}
