package dev.lanegrad.autodiff;

/**
 * A kernel that slides along one dimension: element k of the window at position p is element {@code
 * p * stride + k * dilation - before} of the input, or padding where there is none.
 *
 * @param length elements of the input
 * @param kernel elements of a window
 * @param stride from one position to the next
 * @param before padding in front of the input
 * @param after padding behind it
 * @param dilation from one element of a window to the next
 */
public record Slide(int length, int kernel, int stride, int before, int after, int dilation) {
  /** Elements from the first of a window to the last, both included. */
  public int reach() {
    return dilation * (kernel - 1) + 1;
  }

  /** The length of the input with its padding. */
  public int padded() {
    return before + length + after;
  }

  /** How many windows fit: the length of the output. */
  public int positions() {
    return Math.floorDiv(padded() - reach(), stride) + 1;
  }
}
