package dev.lanegrad.autodiff.internal.kernel.pooling;

import dev.lanegrad.autodiff.internal.types.Slide;

/**
 * Where the windows of a pooling lie in a plane.
 *
 * @param begins where along a row the elements of each window begin that are not padding
 * @param ends the last ones
 * @param squares whether windows are squares of two by two, side by side, as they mostly are; then
 *     nothing else has to be known
 */
record MaxPoolWindows(Slide rows, Slide columns, int[] begins, int[] ends, boolean squares) {
  static MaxPoolWindows of(Slide givenRows, Slide givenColumns) {
    Slide rows = withoutIdleDilation(givenRows);
    Slide columns = withoutIdleDilation(givenColumns);
    boolean squares = isPair(givenRows) && isPair(givenColumns);
    int[] begins = new int[squares ? 0 : columns.positions()];
    int[] ends = new int[begins.length];
    for (int q = 0; q < begins.length; q++) {
      begins[q] = first(givenColumns, q);
      ends[q] = last(givenColumns, q);
    }
    return new MaxPoolWindows(rows, columns, begins, ends, squares);
  }

  /** A step from the only element of a window is none, however far. */
  static Slide withoutIdleDilation(Slide slide) {
    return slide.kernel() > 1
        ? slide
        : new Slide(slide.length(), 1, slide.stride(), slide.before(), slide.after(), 1);
  }

  private static boolean isPair(Slide slide) {
    return slide.kernel() == 2
        && slide.stride() == 2
        && slide.dilation() == 1
        && slide.before() == 0
        && slide.length() / 2 == slide.positions();
  }

  /** The first element of a window that is not padding. */
  static int first(Slide slide, int position) {
    int first = position * slide.stride() - slide.before();
    return first >= 0 ? first : first + Math.ceilDiv(-first, slide.dilation()) * slide.dilation();
  }

  /** How many elements of a window are not padding. */
  static int seen(Slide slide, int position) {
    return (last(slide, position) - first(slide, position)) / slide.dilation() + 1;
  }

  /** No element of a window that is not padding lies behind this one. */
  static int last(Slide slide, int position) {
    int last = position * slide.stride() - slide.before() + (int) slide.reach() - 1;
    return Math.min(last, slide.length() - 1);
  }
}
