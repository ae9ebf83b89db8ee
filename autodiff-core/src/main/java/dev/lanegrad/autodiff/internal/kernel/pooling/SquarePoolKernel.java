package dev.lanegrad.autodiff.internal.kernel.pooling;

/** Max pooling of squares of two by two, side by side, one vector of every row of squares. */
@FunctionalInterface
public interface SquarePoolKernel {
  /**
   * Runs over rows of squares; each takes two rows of {@code x}, which follow each other.
   *
   * @param count rows of squares
   * @param x what is pooled, from {@code from} on
   * @param row elements in a row of x
   * @param g on the way back the gradient of the pooled elements, from {@code gFrom} on
   * @param to receives the pooled elements, or on the way back the gradient of x
   * @param table see {@link SquarePoolWriter#table}
   */
  void run(
      int count, Object x, int from, int row, Object g, int gFrom, Object to, int at, Object table);
}
