package dev.lanegrad.autodiff.internal.types;

/**
 * A kernel that slides along one dimension: element k of the window at position p is element {@code
 * p * stride + k * dilation - before} of the input, or padding where there is none.
 *
 * <p>Any numbers make a slide; operations refuse those along which no window fits, or whose padded
 * input is longer than a dimension can be.
 *
 * @param length elements of the input
 * @param kernel elements of a window
 * @param stride from one position to the next
 * @param before padding in front of the input
 * @param after padding behind it; if negative, so many of the last elements are in no window
 * @param dilation from one element of a window to the next
 */
public record Slide(int length, int kernel, int stride, int before, int after, int dilation) {
  @Override
  public boolean equals(Object other) {
    return other instanceof Slide that
        && length == that.length
        && kernel == that.kernel
        && stride == that.stride
        && before == that.before
        && after == that.after
        && dilation == that.dilation;
  }

  @Override
  public int hashCode() {
    int code = 31 * (31 * length + kernel) + stride;
    return 31 * (31 * (31 * code + before) + after) + dilation;
  }

  /** Elements from the first of a window to the last, both included. */
  public long reach() {
    return dilation * (kernel - 1L) + 1;
  }

  /** The length of the input with its padding. */
  public long padded() {
    return (long) before + length + after;
  }

  /**
   * How many windows fit: the length of the output.
   *
   * @throws ArithmeticException if they are more than 2^31 - 1
   */
  public int positions() {
    long room = padded() - reach();
    if (room < 0) {
      return 0;
    }
    // Loops ask for this: a division of ints takes half as long.
    return room < Integer.MAX_VALUE ? (int) room / stride + 1 : Math.toIntExact(room / stride + 1);
  }
}
