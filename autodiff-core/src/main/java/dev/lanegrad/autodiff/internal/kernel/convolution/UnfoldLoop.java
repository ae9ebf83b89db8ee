package dev.lanegrad.autodiff.internal.kernel.convolution;

import dev.lanegrad.autodiff.internal.kernel.arrays.Rows;
import dev.lanegrad.autodiff.internal.kernel.threads.Workers;
import dev.lanegrad.autodiff.internal.types.Slide;

/** Windows written out one beside the other, and the adjoint, which adds them up again. */
public final class UnfoldLoop {
  private final Slide rows;
  private final Slide columns;
  private final int plane;
  private final int width;
  private final int positions;
  private final int unfolded;

  public UnfoldLoop(Slide rows, Slide columns) {
    this.rows = rows;
    this.columns = columns;
    this.plane = rows.length() * columns.length();
    this.width = columns.positions();
    this.positions = rows.positions() * width;
    this.unfolded = rows.kernel() * columns.kernel() * positions;
  }

  /** What is done with the elements of one row that are not padding. */
  private interface RowAction {
    void run(int inPlane, int inWindows, int count);
  }

  /** From [planes, rows, columns] to [planes, kernel, positions]. */
  public void unfold(int planes, Object x, int offset, Object windows) {
    Rows.fill(windows, 0, planes * unfolded, 0);
    int step = columns.stride();
    forEach(planes, (from, to, count) -> Rows.gather(x, offset + from, step, windows, to, count));
  }

  /** From [planes, kernel, positions] to [planes, rows, columns]. */
  public void fold(int planes, Object windows, int offset, Object x) {
    Rows.fill(x, 0, planes * plane, 0);
    int step = columns.stride();
    forEach(
        planes, (to, from, count) -> Rows.scatterAdd(windows, offset + from, x, to, step, count));
  }

  private void forEach(int planes, RowAction action) {
    Workers.ranges(
        planes,
        (long) planes * unfolded,
        (_, begin, end) -> {
          for (int p = begin; p < end; p++) {
            forEachRow(p, action);
          }
        });
  }

  private void forEachRow(int number, RowAction action) {
    int step = columns.stride();
    int windows = number * unfolded;
    for (int r = 0; r < rows.kernel(); r++) {
      for (int s = 0; s < columns.kernel(); s++) {
        int shift = s * columns.dilation() - columns.before();
        int first = Math.max(0, Math.ceilDiv(-shift, step));
        int end = Math.min(width, Math.ceilDiv(columns.length() - shift, step));
        for (int p = 0; p < rows.positions(); p++) {
          int row = p * rows.stride() + r * rows.dilation() - rows.before();
          if (row >= 0 && row < rows.length() && first < end) {
            int inPlane = number * plane + row * columns.length() + first * step + shift;
            action.run(inPlane, windows + p * width + first, end - first);
          }
        }
        windows += positions;
      }
    }
  }
}
