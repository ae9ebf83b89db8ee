package dev.lanegrad.autodiff.internal.kernel.convolution;

/** Packs what a {@link PackedKernel} multiplies: for each tap a few vectors of a grid. */
@FunctionalInterface
public interface WindowsKernel {
  /**
   * Packs the windows of one tile.
   *
   * @param offsets for each tap where in the grid, relative to its vector, what it is multiplied
   *     with lies
   * @param first the first of the taps
   * @param taps how many
   * @param grid where in it the vectors begin, from {@code from} on, say entries of {@code loads}
   *     from {@code block} on
   * @param nexts likewise where lanes come from that are in the next row, see {@link
   *     ConvolutionBlocks}
   * @param masks where in {@code table} the words begin that tell which lanes these are
   * @param windows receives for each tap its vectors
   */
  void run(
      int[] offsets,
      int first,
      int taps,
      Object grid,
      int from,
      int[] loads,
      int[] nexts,
      int[] masks,
      Object table,
      int block,
      Object windows);
}
