package dev.lanegrad.autodiff.internal.kernel.convolution;

import dev.lanegrad.autodiff.internal.types.Slide;

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
  /** Elements of the kernel for one pair of channels. */
  int kernel() {
    return rows.kernel() * columns.kernel();
  }

  /** Multiplications of the convolution. */
  long products() {
    return (long) batch * groups * in * out * kernel() * rows.positions() * columns.positions();
  }
}
