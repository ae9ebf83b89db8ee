package dev.lanegrad.autodiff.internal.kernel.convolution;

/**
 * Some channels of a convolution's result, a few vectors of neighbouring results at a time: the
 * accumulators of a block stay in registers while all of the source's channels and elements of the
 * kernel go by.
 */
@FunctionalInterface
public interface ConvolutionKernel {
  /**
   * Runs over blocks of vectors.
   *
   * @param offsets for each factor of a channel where in the source, relative to its vector, what
   *     it is multiplied with lies
   * @param from where in the source the first vector begins
   * @param loads where each vector begins, relative to {@code from}; whole blocks of them
   * @param weight from {@code weightAt} on a bias for each channel, then a factor for each channel,
   *     the next factor for each, ...
   * @param to where in the target the first vector goes
   * @param row from one channel of the target to the next
   * @param stores where each vector goes, relative to {@code to}
   */
  void run(
      int[] offsets,
      Object source,
      int from,
      int[] loads,
      Object weight,
      int weightAt,
      Object target,
      int to,
      int row,
      int[] stores);
}
