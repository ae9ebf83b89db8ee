package dev.lanegrad.autodiff.internal.kernel.convolution;

import dev.lanegrad.autodiff.internal.kernel.arrays.Operand;
import dev.lanegrad.autodiff.internal.types.Slide;

/**
 * Which factor of a weight's gradient is read element by element and which by vectors of channels.
 * Where a kernel has one element the gradient is a product of two matrices, and either may be
 * either: the product of two numbers is the same in both orders.
 *
 * @param shape with the channels of {@code single} as those of the input
 * @param single read element by element
 * @param turned of which the channels of one position become neighbours
 * @param exchanged whether {@code single} is the gradient of the output
 */
record WeightGradientRoles(
    ConvolutionShape shape, Operand single, Operand turned, boolean exchanged) {
  /** Positions for which a call of a kernel of their own takes next to no time. */
  private static final int LONG_ROW = 128;

  /** Products in a column of positions for which a copy more is worth planning. */
  private static final int PRODUCTS_OF_A_COPY = 2_048;

  /** Elements of a sample that may be copied for each column of the kernel. */
  private static final int MOST_SPREAD = 1 << 24;

  /** The roles that leave least to copy. */
  static WeightGradientRoles of(ConvolutionShape shape, Operand x, Operand g, int lanes) {
    if (!hasOneElement(shape.rows()) || !hasOneElement(shape.columns())) {
      return new WeightGradientRoles(shape, x, g, false);
    }
    int[] strides = x.strides().clone();
    strides[2] *= shape.rows().stride();
    strides[3] *= shape.columns().stride();
    Operand seen = new Operand(x.array(), x.offset(), strides);
    Slide rows = still(shape.rows());
    Slide columns = still(shape.columns());
    int in = shape.in();
    int out = shape.out();
    boolean costsLess = out > in || (!follow(seen, rows, columns) && follow(g, rows, columns));
    return costsLess && in % lanes == 0
        ? new WeightGradientRoles(
            new ConvolutionShape(shape.batch(), shape.groups(), out, in, rows, columns),
            g,
            seen,
            true)
        : new WeightGradientRoles(
            new ConvolutionShape(shape.batch(), shape.groups(), in, out, rows, columns),
            seen,
            g,
            false);
  }

  /** Whether every position meets an element of the input, and that alone. */
  private static boolean hasOneElement(Slide slide) {
    return slide.kernel() == 1
        && slide.before() == 0
        && slide.positions() > 0
        && (slide.positions() - 1L) * slide.stride() < slide.length();
  }

  /** The same where only what is met is there. */
  private static Slide still(Slide slide) {
    return new Slide(slide.positions(), 1, 1, 0, 0, 1);
  }

  /** Whether all positions of a channel follow each other. */
  private static boolean follow(Operand operand, Slide rows, Slide columns) {
    return operand.stride(3) == 1
        && (rows.positions() == 1 || operand.stride(2) == columns.positions());
  }

  /** Whether {@code single} can be read where it lies. */
  boolean isInPlace() {
    return shape.kernel() == 1
        && shape.rows().equals(still(shape.rows()))
        && shape.columns().equals(still(shape.columns()))
        && follow(single, shape.rows(), shape.columns());
  }

  /**
   * Columns spread out, so that all positions of a sample follow each other, where copying every
   * element that often takes less time than a call of the kernel for each row of positions.
   */
  ConvolutionAxis columns() {
    Slide columns = shape.columns();
    long row = shape.products() / Math.max(1, columns.positions());
    long perElement = (long) shape.rows().kernel() * shape.out();
    long copies = (long) shape.groups() * shape.in() * shape.rows().padded() * columns.kernel();
    boolean pays =
        columns.kernel() > 1
            && columns.positions() < Math.min(LONG_ROW, perElement)
            && row > (long) PRODUCTS_OF_A_COPY * columns.kernel()
            && copies * columns.positions() < MOST_SPREAD;
    return pays ? ConvolutionAxis.spread(columns) : ConvolutionAxis.forward(columns);
  }
}
