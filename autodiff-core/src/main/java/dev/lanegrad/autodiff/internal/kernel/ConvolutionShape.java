package dev.lanegrad.autodiff.internal.kernel;

import dev.lanegrad.autodiff.Slide;

/**
 * What a convolution, its transpose and its weight's gradient connect: inputs [batch, groups * in,
 * rows, columns], outputs [batch, groups * out, positions] and a weight [groups * out, in, kernel].
 *
 * @param batch samples
 * @param groups of channels that do not see each other
 * @param in input channels of a group
 * @param out output channels of a group
 */
public record ConvolutionShape(int batch, int groups, int in, int out, Slide rows, Slide columns) {
  /** Multiplications in the time in which an element of a short row is copied. */
  private static final int COPYING = 4;

  /** Elements of the kernel for one pair of channels. */
  int kernel() {
    return rows.kernel() * columns.kernel();
  }

  /** How much there is to do: multiplications, and copies of what goes in and comes out. */
  long operations() {
    long inputs = (long) groups * in * rows.length() * columns.length();
    long outputs = (long) groups * out * rows.positions() * columns.positions();
    return batch * (in * outputs * kernel() + COPYING * (inputs + outputs));
  }
}
