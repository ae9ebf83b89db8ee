package dev.lanegrad.autodiff.internal.kernel.convolution;

/**
 * Some channels of a convolution's result times a few vectors of places, from windows and factors
 * that lie in the order in which they are read.
 */
@FunctionalInterface
public interface PackedKernel {
  /**
   * Goes on with the chains of one tile.
   *
   * @param taps how many products are added to each
   * @param windows from {@code windowsAt} on for each tap the vectors that are multiplied with it
   * @param factors from {@code factorsAt} on for each tap the factors of all channels
   * @param sums from {@code sumsAt} on for each channel its vectors so far
   * @param to where in the target the first vector goes
   * @param row from one channel of the target to the next
   * @param stores where each vector goes, relative to {@code to}, from entry {@code block} on
   */
  void run(
      int taps,
      Object windows,
      int windowsAt,
      Object factors,
      int factorsAt,
      Object sums,
      int sumsAt,
      Object target,
      int to,
      int row,
      int[] stores,
      int block);
}
