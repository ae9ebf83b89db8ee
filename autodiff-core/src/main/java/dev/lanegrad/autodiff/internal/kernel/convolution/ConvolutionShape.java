package dev.lanegrad.autodiff.internal.kernel.convolution;

import dev.lanegrad.autodiff.internal.kernel.arrays.Operand;
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
  private static final Slide STILL = new Slide(1, 1, 1, 0, 0, 1);

  /** Elements of the kernel for one pair of channels. */
  int kernel() {
    return rows.kernel() * columns.kernel();
  }

  /**
   * The same with all places in one row, where each is computed from the same place alone.
   *
   * @param source in which rows have to follow each other
   */
  ConvolutionShape flattened(Operand source) {
    boolean isFlat =
        isSinglePlace(rows)
            && isSinglePlace(columns)
            && source.stride(2) == columns.length() * source.stride(3)
            && (long) rows.length() * columns.length() <= Integer.MAX_VALUE;
    if (!isFlat) {
      return this;
    }
    Slide all = new Slide(rows.length() * columns.length(), 1, 1, 0, 0, 1);
    return new ConvolutionShape(batch, groups, in, out, STILL, all);
  }

  private static boolean isSinglePlace(Slide slide) {
    return slide.kernel() == 1
        && slide.stride() == 1
        && slide.before() == 0
        && slide.positions() == slide.length();
  }

  /** Multiplications of the convolution. */
  long products() {
    return (long) batch * groups * in * out * kernel() * rows.positions() * columns.positions();
  }
}
